import type { IncomingMessage } from "node:http";
import { buffer } from "node:stream/consumers";
import type { UploadedFile } from "./call";
import { badParameter } from "./api-error";

export interface ApiRequest {
  readonly method: string;
  /** path below /api2/json, not decoded. */
  readonly path: string;
  /** query and body parameters; one given twice keeps its last value. */
  readonly parameters: Map<string, string>;
  readonly file?: UploadedFile;
}

/** readRequest reads the whole request: query, form, JSON or multipart body. */
export async function readRequest(message: IncomingMessage): Promise<ApiRequest | undefined> {
  const url = new URL(message.url ?? "/", "https://proxmox");
  const path = /^\/api2\/(?:json|extjs)(\/.*)?$/.exec(url.pathname)?.[1];
  const body = await buffer(message);
  if (path === undefined) return undefined;
  const parameters = new Map(url.searchParams);
  const type = message.headers["content-type"] ?? "";
  const boundary = /^multipart\/form-data;.*boundary="?([^";]+)/.exec(type)?.[1];
  const base = { method: message.method ?? "GET", path, parameters };
  if (boundary !== undefined) {
    const file = readMultipart(body, boundary, parameters);
    return file ? { ...base, file } : base;
  }
  if (type.startsWith("application/json")) {
    for (const [name, value] of Object.entries(jsonObject(body))) parameters.set(name, asText(value));
  } else {
    for (const [name, value] of new URLSearchParams(body.toString("utf8"))) parameters.set(name, value);
  }
  return base;
}

function jsonObject(body: Buffer): object {
  if (body.length === 0) return {};
  const value: unknown = JSON.parse(body.toString("utf8"));
  if (typeof value !== "object" || value === null) throw badParameter({ body: "not an object" });
  return value;
}

const asText = (value: unknown): string => (value === true ? "1" : value === false ? "0" : String(value));

/** readMultipart puts fields among the parameters and returns the file; its name is the parameter `filename`. */
function readMultipart(
  body: Buffer,
  boundary: string,
  parameters: Map<string, string>,
): UploadedFile | undefined {
  const delimiter = Buffer.from(`--${boundary}`);
  let file: UploadedFile | undefined;
  let at = body.indexOf(delimiter);
  while (at >= 0) {
    const next = body.indexOf(delimiter, at + delimiter.length);
    if (next < 0) break;
    const part = body.subarray(at + delimiter.length + 2, next - 2);
    const split = part.indexOf("\r\n\r\n");
    const head = part.subarray(0, split).toString("utf8");
    const content = part.subarray(split + 4);
    const name = /name="([^"]*)"/.exec(head)?.[1] ?? "";
    const filename = /filename="([^"]*)"/.exec(head)?.[1];
    if (filename === undefined) parameters.set(name, content.toString("utf8"));
    else {
      parameters.set("filename", filename);
      file = { name: filename, bytes: Buffer.from(content) };
    }
    at = next;
  }
  return file;
}
