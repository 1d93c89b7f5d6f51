import { isNativeError } from "node:util/types";
import type { Environment } from "../protocol/provider";
import { ProviderError } from "../protocol/problem";
import { exchange, type Sent } from "./transport";

/** Failed is what the provider's client says went wrong: an answer's status without its text, or no answer at all. */
export class Failed extends Error {}

/** Body of a request: JSON, or the files of a form. */
export type Body =
  { readonly json: unknown } | { readonly files: Readonly<Record<string, string>> } | undefined;

/** Api is Nginx Proxy Manager's below `/api`, asked as the user who logged in. */
export interface Api {
  /** ask gives the answer's JSON; an answer that is not a success is Failed. */
  ask(method: Sent["method"], path: string, body?: Body): Promise<unknown>;
}

/** apiAt answers as Go's client generated from OpenAPI 2.12 does. Source: Sander0542/nginxproxymanager-go, 1ef4b0c. */
export function apiAt(base: string, environment: Environment, token?: string): Api {
  return {
    async ask(method, path, body) {
      const { headers, content } = await encoded(body);
      const url = targetOf(method, `${base}/api${path}`);
      const { status, body: answer } = await exchange(
        url,
        {
          method,
          body: content,
          headers: {
            accept: "application/json",
            "user-agent": "OpenAPI-Generator/1.0.0/go",
            ...headers,
            ...(token !== undefined && { authorization: `Bearer ${token}` }),
          },
        },
        environment,
      ).catch((error: unknown) => {
        throw new Failed(`${asked(method, url.href)}: ${reason(url, error)}`);
      });
      if (!/^2/.test(status)) throw new Failed(status);
      return parsed(answer);
    },
  };
}

/** clientError is a failure as the provider reports it. */
export function clientError(what: string, error: unknown, path?: readonly string[]): ProviderError {
  if (!(error instanceof Failed)) throw error;
  return new ProviderError({
    summary: "Client Error",
    detail: `${what}: ${error.message}`,
    ...(path !== undefined && { path }),
  });
}

interface Encoded {
  readonly headers: Readonly<Record<string, string>>;
  readonly content: Buffer;
}

async function encoded(body: Body): Promise<Encoded> {
  if (body === undefined) return { headers: {}, content: Buffer.alloc(0) };
  if ("json" in body) {
    return {
      headers: { "content-type": "application/json" },
      content: Buffer.from(JSON.stringify(body.json)),
    };
  }
  const form = new FormData();
  for (const [name, text] of Object.entries(body.files)) form.append(name, new Blob([text]), name);
  const written = new Response(form);
  return {
    headers: { "content-type": written.headers.get("content-type") ?? "" },
    content: Buffer.from(await written.arrayBuffer()),
  };
}

function targetOf(method: Sent["method"], href: string): URL {
  const scheme = /^([a-z][a-z0-9+.-]*):\/\//i.exec(href)?.[1]?.toLowerCase() ?? "";
  if (scheme === "http" || scheme === "https") return new URL(href);
  throw new Failed(`${asked(method, href)}: unsupported protocol scheme ${JSON.stringify(scheme)}`);
}

function parsed(answer: string): unknown {
  try {
    return JSON.parse(answer);
  } catch {
    throw new Failed("undefined response type");
  }
}

function asked(method: string, href: string): string {
  return `${method.charAt(0)}${method.slice(1).toLowerCase()} ${JSON.stringify(href)}`;
}

function reason(url: URL, error: unknown): string {
  if (!isNativeError(error)) return String(error);
  const code = "code" in error ? error.code : undefined;
  const address = `${url.hostname}:${url.port || (url.protocol === "https:" ? "443" : "80")}`;
  if (code === "ECONNREFUSED") return `dial tcp ${address}: connect: connection refused`;
  if (code === "ENOTFOUND") return `dial tcp: lookup ${url.hostname}: no such host`;
  if (code === "ECONNRESET") return "EOF";
  return error.message;
}
