import type { EdgeRoute } from "../../draft/edge";
import type { DraftRule } from "../../draft/routes";
import type { PathMatch, Redirect } from "../../model/routes";
import { comparePaths } from "../../path-order";
import type { EdgeTlsInput, RedirectionInput } from "../../schema/edge";
import { takenBy } from "./proxies";
import type { EdgeDraft } from "./proxies";

/** Location that a browser asks for. */
export interface Location {
  readonly scheme: "http" | "https";
  readonly host: string;
  readonly path: string;
}

/** Step of a browser from one location to the next. */
export interface Step {
  readonly from: Location;
  readonly to: Location;
  /** keys of what sent it there; absent = the proxy did, from HTTP to HTTPS. */
  readonly keys?: readonly string[];
}

/** stepFrom a location, as the proxy or a route behind it answers; undefined = there is no redirection, or it leaves. */
export function stepFrom(draft: EdgeDraft, from: Location): Step | undefined {
  const site = siteOf(draft, from.host);
  if (site === undefined) return undefined;
  const { certificate, forceTls } = site.tls;
  if (certificate === undefined && from.scheme === "https") return undefined;
  if (certificate !== undefined && forceTls !== false && from.scheme === "http") {
    return { from, to: { ...from, scheme: "https" } };
  }
  if (site.kind === "redirection") return { from, to: redirected(from, site.redirection), keys: site.keys };
  return site.kind === "routes" ? stepOfRoutes(site.routes, from) : undefined;
}

export function printed({ scheme, host, path }: Location): string {
  return `${scheme}://${host}${path}`;
}

type Site = { readonly hosts: readonly string[]; readonly tls: EdgeTlsInput } & (
  | { readonly kind: "routes"; readonly routes: readonly EdgeRoute[] }
  | { readonly kind: "redirection"; readonly redirection: RedirectionInput; readonly keys: readonly string[] }
  | { readonly kind: "404" }
);

/** siteOf a host at the proxy: its own, else that of the longest wildcard. */
function siteOf({ edge }: EdgeDraft, host: string): Site | undefined {
  const sites: Site[] = [
    ...edge.hosts.map(({ hosts, routes }): Site => ({ kind: "routes", hosts, routes, tls: routes[0].edge })),
    ...edge.redirections.map(({ hosts, input, keys }): Site => {
      return { kind: "redirection", hosts, redirection: input, tls: input, keys };
    }),
    ...edge.notFound.map(({ hosts, input }): Site => ({ kind: "404", hosts, tls: input })),
  ];
  const named = sites.flatMap((site) => site.hosts.map((name) => ({ name, site })));
  const [best] = named
    .filter(({ name }) => name === host || takenBy(name, host))
    .sort((a, b) => Number(b.name === host) - Number(a.name === host) || b.name.length - a.name.length);
  return best?.site;
}

function redirected(from: Location, { to, scheme, keepPath }: RedirectionInput): Location {
  return { scheme: scheme ?? from.scheme, host: to, path: keepPath === false ? "/" : from.path };
}

function stepOfRoutes(routes: readonly EdgeRoute[], from: Location): Step | undefined {
  const own = routes.filter(({ route }) => route.hosts.includes(from.host));
  const behind = routes.filter(({ route }) => route.hosts.some((host) => takenBy(host, from.host)));
  const [rule] = (own.length > 0 ? own : behind)
    .flatMap(({ route }) => route.rules)
    .filter(({ condition, path }) => condition === undefined && takes(path, from.path))
    .sort((a, b) => comparePaths(a.path, b.path));
  if (rule?.action.kind !== "redirect") return undefined;
  const to = redirectedBy(rule, rule.action, from);
  return to === undefined ? undefined : { from, to, keys: rule.keys };
}

function takes({ kind, value }: PathMatch, path: string): boolean {
  if (kind === "exact") return path === value;
  if (kind === "regex") return matches(value, path);
  return value === "/" || path === value || path.startsWith(`${value}/`);
}

function matches(expression: string, path: string): boolean {
  try {
    return new RegExp(`^(?:${expression})$`).test(path);
  } catch {
    return false;
  }
}

function redirectedBy(
  { path: { kind, value } }: DraftRule,
  { scheme, host, port, path }: Redirect,
  from: Location,
): Location | undefined {
  const next = scheme ?? from.scheme;
  if (port !== undefined && port !== (next === "https" ? 443 : 80)) return undefined;
  const rest = kind === "prefix" && value !== "/" ? from.path.slice(value.length) : from.path;
  const whole = path?.kind === "full" || kind !== "prefix";
  const asked =
    path === undefined ? from.path : whole ? path.value : `${path.value.replace(/\/$/, "")}${rest}`;
  return { scheme: next, host: host ?? from.host, path: asked === "" ? "/" : asked };
}
