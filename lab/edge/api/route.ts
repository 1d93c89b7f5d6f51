import { notFound } from "./api-error";

/** Call is one request on its way through a route. */
export interface Call {
  /** id in the path. */
  readonly id: number;
  readonly query: URLSearchParams;
  readonly expand: readonly string[];
  readonly body: unknown;
  readonly files: ReadonlyMap<string, string> | undefined;
  readonly isLoggedIn: boolean;
}

export interface Answer {
  readonly status: number;
  readonly body: unknown;
}

/** Route answers one method and path; `{id}` takes a number. */
export interface Route {
  readonly method: "GET" | "POST" | "PUT" | "DELETE";
  readonly path: string;
  /** isOpen to everybody: no token is looked at. */
  readonly isOpen?: boolean;
  readonly run: (call: Call) => Answer | Promise<Answer>;
}

export const ok = (body: unknown): Answer => ({ status: 200, body });
export const created = (body: unknown): Answer => ({ status: 201, body });

/** routeOf a request, and the id in its path. */
export function routeOf(
  routes: readonly Route[],
  method: string,
  path: string,
): { readonly route: Route; readonly id: number } {
  for (const route of routes) {
    if (route.method !== method) continue;
    const found = new RegExp(`^${route.path.replace("{id}", "(\\d+)")}$`).exec(path);
    if (found !== null) return { route, id: Number(found[1] ?? 0) };
  }
  throw notFound(path);
}
