import { holds } from "../addresses";
import type { Request } from "../trace";

/**
 * matches a Traefik rule: matchers with backquoted arguments joined by `&&`, `||`, `!` and brackets.
 * @see https://doc.traefik.io/traefik/reference/routing-configuration/http/routing/rules-and-priority/
 */
export function matches(rule: string, request: Request): boolean {
  const reader = { rest: rule.trim() };
  const held = either(reader, request);
  if (reader.rest !== "") throw new Error(`Traefik rule not understood from: ${reader.rest}`);
  return held;
}

interface Reader {
  rest: string;
}

function either(reader: Reader, request: Request): boolean {
  let held = both(reader, request);
  while (take(reader, "||")) held = both(reader, request) || held;
  return held;
}

function both(reader: Reader, request: Request): boolean {
  let held = one(reader, request);
  while (take(reader, "&&")) held = one(reader, request) && held;
  return held;
}

function one(reader: Reader, request: Request): boolean {
  if (take(reader, "!")) return !one(reader, request);
  if (take(reader, "(")) {
    const held = either(reader, request);
    if (!take(reader, ")")) throw new Error(`Traefik rule lacks a bracket before: ${reader.rest}`);
    return held;
  }
  const call = /^(\w+)\(((?:\s*`[^`]*`\s*,?)*)\)/.exec(reader.rest);
  const [whole = "", name = "", list = ""] = call ?? [];
  const matcher = matchers[name];
  if (matcher === undefined) throw new Error(`Traefik rule not understood from: ${reader.rest}`);
  reader.rest = reader.rest.slice(whole.length).trim();
  const [first = "", second] = [...list.matchAll(/`([^`]*)`/g)].map(([, argument]) => argument ?? "");
  return matcher(request, first, second);
}

function take(reader: Reader, token: string): boolean {
  if (!reader.rest.startsWith(token)) return false;
  reader.rest = reader.rest.slice(token.length).trim();
  return true;
}

const matchers: Readonly<Record<string, (request: Request, first: string, second?: string) => boolean>> = {
  Host: ({ url }, host) => url.hostname === host.toLowerCase(),
  HostRegexp: ({ url }, pattern) => expression(pattern).test(url.hostname),
  Path: ({ url }, path) => url.pathname === path,
  PathPrefix: ({ url }, prefix) => url.pathname.startsWith(prefix),
  PathRegexp: ({ url }, pattern) => expression(pattern).test(url.pathname),
  Method: ({ method }, wanted) => method === wanted.toUpperCase(),
  Header: ({ headers }, name, value) => headers[name.toLowerCase()] === value,
  HeaderRegexp: ({ headers }, name, pattern = "") => {
    const value = headers[name.toLowerCase()];
    return value !== undefined && expression(pattern).test(value);
  },
  Query: ({ url }, name, value) => {
    return value === undefined ? url.searchParams.has(name) : url.searchParams.get(name) === value;
  },
  QueryRegexp: ({ url }, name, pattern = "") => {
    const value = url.searchParams.get(name);
    return value !== null && expression(pattern).test(value);
  },
  ClientIP: ({ from }, peer) => from !== undefined && holds(peer, from),
  HostSNI: ({ url }, host) => host === "*" || url.hostname === host.toLowerCase(),
};

/** expression in Go's syntax, of which `(?i)` in front is the only part that JavaScript writes otherwise. */
function expression(pattern: string): RegExp {
  return pattern.startsWith("(?i)") ? new RegExp(pattern.slice(4), "i") : new RegExp(pattern);
}
