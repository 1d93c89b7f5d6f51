import type { IncomingMessage } from "node:http";
import { buffer } from "node:stream/consumers";
import { internal } from "./api-error";

export interface Request {
  readonly method: string;
  /** path below `/api`, with its leading slash. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly body: unknown;
  /** files of a multipart form by their field; undefined = the body was no form. */
  readonly files: ReadonlyMap<string, string> | undefined;
  readonly authorization: string | undefined;
}

/** readRequest reads all of it. A body that is no JSON is answered "Internal Error", though with status 400. */
export async function readRequest(message: IncomingMessage): Promise<Request> {
  const url = new URL(message.url ?? "/", "http://proxy");
  const content = await buffer(message);
  const type = message.headers["content-type"] ?? "";
  const boundary = /^multipart\/form-data;.*boundary="?([^";]+)/.exec(type)?.[1];
  return {
    method: message.method ?? "GET",
    path: url.pathname.replace(/^\/api(?=\/)/, ""),
    query: url.searchParams,
    body: type.startsWith("application/json") && content.length > 0 ? json(content) : {},
    files: boundary === undefined ? undefined : filesIn(content, boundary),
    authorization: message.headers.authorization,
  };
}

function json(content: Buffer): unknown {
  try {
    const value: unknown = JSON.parse(content.toString("utf8"));
    return value;
  } catch (error) {
    throw internal(error instanceof Error ? error.message : String(error), 400);
  }
}

function filesIn(content: Buffer, boundary: string): Map<string, string> {
  const parts = content.toString("utf8").split(`--${boundary}`).slice(1, -1);
  return new Map(
    parts.flatMap((part): [string, string][] => {
      const split = part.indexOf("\r\n\r\n");
      const head = part.slice(0, split);
      const name = /name="([^"]*)"/.exec(head.replace(/filename="[^"]*"/, ""))?.[1];
      if (name === undefined || !head.includes("filename=")) return [];
      return [[name, part.slice(split + 4).replace(/\r\n$/, "")]];
    }),
  );
}
