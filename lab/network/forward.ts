import { type IncomingMessage, request as send, type ServerResponse } from "node:http";
import { pipeline } from "node:stream";
import type { Lookup } from "./connect-proxy";

/**
 * forward a plain HTTP request that names its whole target (`GET http://192.168.0.100:81/api/`), as a client with
 * HTTP_PROXY sends it for an http URL. RFC 9112 §3.2.2.
 */
export function forward(lookup: Lookup, request: IncomingMessage, response: ServerResponse): void {
  const target = targetOf(request.url ?? "");
  if (target === undefined) {
    const asked = `${request.method} ${request.url}`;
    refuse(
      response,
      403,
      `the lab's proxy forwards to http:// URLs and tunnels (CONNECT); it was asked for ${asked}`,
    );
    return;
  }
  const host = target.hostname.replace(/^\[|\]$/g, "");
  const port = lookup(host, Number(target.port || "80"));
  if (port === undefined) {
    refuse(response, 502, `nobody answers at ${target.host}`);
    return;
  }
  const outgoing = send({
    host: "127.0.0.1",
    port,
    method: request.method,
    path: `${target.pathname}${target.search}`,
    headers: { ...withoutHops(request), host: target.host },
    agent: false,
  });
  outgoing.once("response", (answer) => {
    response.writeHead(answer.statusCode ?? 502, withoutHops(answer));
    pipeline(answer, response, () => undefined);
  });
  outgoing.once("error", () => {
    if (response.headersSent) response.destroy();
    else refuse(response, 502, `nobody answers at ${target.host}`);
  });
  pipeline(request, outgoing, () => undefined);
}

function targetOf(url: string): URL | undefined {
  const target = URL.canParse(url) ? new URL(url) : undefined;
  return target?.protocol === "http:" ? target : undefined;
}

/** withoutHops: what is said between two neighbours only stays between them. RFC 9110 §7.6.1. */
function withoutHops({ headers }: IncomingMessage): IncomingMessage["headers"] {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !hops.has(name)));
}

const hops = new Set([
  "connection",
  "keep-alive",
  "proxy-authorization",
  "proxy-connection",
  "te",
  "trailer",
  "transfer-encoding",
  "upgrade",
]);

function refuse(response: ServerResponse, status: number, reason: string): void {
  response.writeHead(status, { "content-type": "text/plain", "x-lab": reason, connection: "close" });
  response.end(`${reason}\n`);
}
