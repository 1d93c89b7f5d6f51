import { z } from "zod";
import { Mistake } from "../../cli/mistake";

/** Requests to one server's API, with its login. */
export interface Requests {
  readonly api: string;
  readonly headers: Readonly<Record<string, string>>;
  /** refused: what to do where the login may not. */
  readonly refused: string;
}

/** send a request; what was answered, as JSON. */
export async function send(
  { api, headers, refused }: Requests,
  method: "GET" | "POST" | "PATCH" | "PUT",
  path: string,
  body?: string,
): Promise<unknown> {
  const what = `${method} ${api}${path}`;
  const response = await fetch(`${api}${path}`, {
    method,
    headers: { ...headers, "content-type": "application/json" },
    signal: AbortSignal.timeout(60_000),
    ...(body === undefined ? {} : { body: JSON.stringify({ body }) }),
  }).catch((error: unknown) => {
    throw new Mistake(`${what} was not answered: ${causeOf(error)}`);
  });
  const text = await response.text();
  if (response.ok) return JSON.parse(text);
  const fix =
    response.status === 401 || response.status === 403 || response.status === 404 ? `\n${refused}` : "";
  throw new Mistake(`${what} was answered by ${response.status}: ${saidIn(text)}${fix}`);
}

/** everyPage of a list, as both servers number them: a page that is not full is the last one. */
export async function everyPage<T>(requests: Requests, path: string, schema: z.ZodType<T>): Promise<T[]> {
  const full = 100;
  const found: T[] = [];
  for (let page = 1; ; page += 1) {
    const entries = z
      .array(schema)
      .parse(await send(requests, "GET", `${path}?per_page=${full}&page=${page}`));
    found.push(...entries);
    if (entries.length < full) return found;
  }
}

function causeOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? error.cause.message : error.message;
}

function saidIn(text: string): string {
  return text.replace(/\s+/g, " ").slice(0, 300);
}
