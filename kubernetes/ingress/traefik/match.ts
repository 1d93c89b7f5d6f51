import type { Condition, PathMatch, RouteRule, ValueMatch } from "../../../config/model/routes";
import type { Ipv4 } from "../../../config/network";

/** matchOf a rule below hosts, in Traefik's rule language. */
export function matchOf(hosts: readonly string[], rule: RouteRule): string {
  return [hostsMatch(hosts), pathMatch(rule.path), ...conditionMatches(rule.condition)].join(" && ");
}

/** hostsMatch, any of them. A wildcard is one label. */
export function hostsMatch(hosts: readonly string[]): string {
  return anyOf(
    hosts.map((host) => (host.startsWith("*.") ? call("HostRegexp", wildcard(host)) : call("Host", host))),
  );
}

/** sniMatch of TLS connections for hosts. */
export function sniMatch(hosts: readonly string[]): string {
  return anyOf(
    hosts.map((host) =>
      host.startsWith("*.") ? call("HostSNIRegexp", wildcard(host)) : call("HostSNI", host),
    ),
  );
}

/** cameFrom one of these peers, by the address of the connection. */
export function cameFrom(peers: readonly Ipv4[]): string {
  return anyOf(peers.map((peer) => call("ClientIP", peer)));
}

/** wholeOf a regex: it matches all of a text, as the model means it. */
export function wholeOf(regex: string): string {
  return `^(?:${regex})$`;
}

/** pathMatch. Traefik's own prefix is one of characters: whole segments take the path itself and what follows its slash. */
function pathMatch({ kind, value }: PathMatch): string {
  if (kind === "exact") return call("Path", value);
  if (kind === "regex") return call("PathRegexp", wholeOf(value));
  if (value.endsWith("/")) return call("PathPrefix", value);
  return anyOf([call("Path", value), call("PathPrefix", `${value}/`)]);
}

function conditionMatches(condition: Condition | undefined): readonly string[] {
  if (condition === undefined) return [];
  const { headers, query, methods } = condition;
  return [
    ...headers.map((match) => valueMatch("Header", match)),
    ...query.map((match) => valueMatch("Query", match)),
    ...(methods.length === 0 ? [] : [anyOf(methods.map((method) => call("Method", method)))]),
  ];
}

function valueMatch(matcher: "Header" | "Query", { name, kind, value }: ValueMatch): string {
  return kind === "exact" ? call(matcher, name, value) : call(`${matcher}Regexp`, name, wholeOf(value));
}

function wildcard(host: string): string {
  return `^[^.]+${host.slice(1).replaceAll(".", "\\.")}$`;
}

function anyOf(matches: readonly string[]): string {
  const [only, ...more] = matches;
  return only !== undefined && more.length === 0 ? only : `(${matches.join(" || ")})`;
}

/** call of a matcher. Backticks take a text as it is; one that has a backtick itself is quoted as Go quotes it. */
function call(matcher: string, ...values: readonly string[]): string {
  const quoted = values.map((value) => (value.includes("`") ? JSON.stringify(value) : `\`${value}\``));
  return `${matcher}(${quoted.join(", ")})`;
}
