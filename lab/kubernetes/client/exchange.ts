import { type ClientRequest, type IncomingMessage, request } from "node:http";
import { text } from "node:stream/consumers";
import { isNativeError } from "node:util/types";
import type { JsonObject } from "../contract";
import { isObject } from "../json";
import type { Access } from "./access";
import { ApiError, ConnectionError } from "./api-error";
import type { Connections } from "./connections";

export interface Question {
  readonly method: "GET" | "POST" | "PATCH" | "DELETE";
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly contentType?: string;
  readonly body?: JsonObject;
}

/** silenceMs: an API that says nothing for so long is not there. */
const silenceMs = 60_000;

/** ask the API one question; an answer that is not a success is an ApiError, none at all a ConnectionError. */
export async function ask(connections: Connections, question: Question): Promise<JsonObject> {
  const query = new URLSearchParams(question.query).toString();
  const path = query === "" ? question.path : `${question.path}?${query}`;
  const { code, body } = await exchange(connections, question, path).catch((error: unknown) => {
    throw new ConnectionError(asGoSays(connections.access, question, path, error));
  });
  const answer = parsed(body);
  if (code < 200 || code > 299) throw new ApiError(code, answer ?? { message: body.trim() });
  if (answer === undefined) throw new ConnectionError(`${path} was answered with something that is not JSON`);
  return answer;
}

async function exchange(
  connections: Connections,
  { method, contentType = "application/json", body }: Question,
  path: string,
): Promise<{ readonly code: number; readonly body: string }> {
  const { host, program, token } = connections.access;
  const sentBody = body === undefined ? "" : JSON.stringify(body);
  const headers = {
    host: new URL(host).host,
    accept: "application/json",
    "user-agent": program,
    ...(token !== undefined && { authorization: `Bearer ${token}` }),
    ...(body !== undefined && {
      "content-type": contentType,
      "content-length": Buffer.byteLength(sentBody),
    }),
  };
  const answer = await new Promise<IncomingMessage>((resolve, reject) => {
    const send = (): void => {
      const sent = request({ agent: connections, method, path, headers }, resolve);
      sent.once("error", (error) => (wasClosedWhileIdle(sent, error) ? send() : reject(error)));
      sent.setTimeout(silenceMs, () => {
        sent.destroy(new Error("i/o timeout"));
      });
      sent.end(sentBody);
    };
    send();
  });
  return { code: answer.statusCode ?? 0, body: await text(answer) };
}

/** wasClosedWhileIdle: the API closed a kept connection just as the question was sent; Go's client too asks on another. */
function wasClosedWhileIdle(sent: ClientRequest, error: NodeJS.ErrnoException): boolean {
  return sent.reusedSocket && (error.code === "ECONNRESET" || error.code === "EPIPE");
}

function parsed(body: string): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(body);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function asGoSays(access: Access, { method }: Question, path: string, error: unknown): string {
  const verb = method.charAt(0) + method.slice(1).toLowerCase();
  return `${verb} "${new URL(path, access.host).href}": ${reason(new URL(access.host).host, error)}`;
}

function reason(host: string, error: unknown): string {
  if (!isNativeError(error)) return String(error);
  const code = "code" in error ? error.code : undefined;
  if (code === "ECONNREFUSED") return `dial tcp ${host}: connect: connection refused`;
  if (typeof code === "string" && untrusted.includes(code))
    return "tls: failed to verify certificate: x509: certificate signed by unknown authority";
  if (code === "ERR_TLS_CERT_ALTNAME_INVALID")
    return `tls: failed to verify certificate: x509: ${error.message}`;
  return error.message;
}

const untrusted: readonly string[] = [
  "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
  "SELF_SIGNED_CERT_IN_CHAIN",
  "DEPTH_ZERO_SELF_SIGNED_CERT",
  "UNABLE_TO_GET_ISSUER_CERT",
  "UNABLE_TO_GET_ISSUER_CERT_LOCALLY",
  "CERT_SIGNATURE_FAILURE",
];
