import type { Call } from "./call";

/** Route answers one method and path; `{name}` takes a segment, `{name*}` the rest of the path. */
export interface Route {
  readonly method: "GET" | "POST" | "PUT" | "DELETE";
  readonly path: string;
  readonly run: (call: Call) => unknown;
}

export interface Match {
  readonly route: Route;
  readonly pathParameters: ReadonlyMap<string, string>;
}

/** matchRoute finds the route of a request; a trailing slash does not matter. */
export function matchRoute(routes: readonly Route[], method: string, path: string): Match | undefined {
  const segments = segmentsOf(path);
  for (const route of routes) {
    if (route.method !== method) continue;
    const pathParameters = matchPath(route.path, segments);
    if (pathParameters) return { route, pathParameters };
  }
  return undefined;
}

/** segmentsOf splits before it decodes: an escaped slash belongs to its segment. */
export function segmentsOf(path: string): string[] {
  return path
    .split("/")
    .filter((segment) => segment !== "")
    .map((segment) => decodeURIComponent(segment));
}

function matchPath(pattern: string, segments: readonly string[]): Map<string, string> | undefined {
  const parameters = new Map<string, string>();
  const parts = pattern.split("/").filter((part) => part !== "");
  for (const [index, part] of parts.entries()) {
    const segment = segments[index];
    if (segment === undefined) return undefined;
    const name = /^\{(.+?)(\*?)\}$/.exec(part);
    if (name?.[2] === "*") {
      parameters.set(name[1] ?? "", segments.slice(index).join("/"));
      return parameters;
    }
    if (name) parameters.set(name[1] ?? "", segment);
    else if (part !== segment) return undefined;
  }
  return parts.length === segments.length ? parameters : undefined;
}
