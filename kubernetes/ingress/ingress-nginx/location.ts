import type { Cluster } from "../../../config/model";
import type { PathMatch, Route, RouteRule } from "../../../config/model/routes";
import { routesOfHost, rulesOf, samePath } from "../same-host";

/** Location is a path of an Ingress, and what the path is rewritten to. */
export interface Location {
  readonly path: string;
  readonly pathType: "Exact" | "Prefix" | "ImplementationSpecific";
  readonly rewriteTarget?: string;
}

/**
 * locationsOf a route's rules. One rewritten or regular path on a host makes the controller match every path of that
 * host as a regular expression, without case and unanchored at the end. Such hosts, and hosts of one route with
 * them, get expressions for all their paths, which say what the plain paths said.
 * @see https://kubernetes.github.io/ingress-nginx/user-guide/ingress-path-matching/
 */
export function locationsOf(cluster: Cluster, route: Route): (rule: RouteRule) => Location {
  const together = neighbours(cluster, route);
  const rules = rulesOf(together).map(({ rule }) => rule);
  if (!rules.some(needsExpression)) return ({ path }) => plain(path);
  const expressions = ordered(rules);
  return (rule) => expression(rule, expressions);
}

/** neighbours of a route: itself and those that have a host in common with it or with one of them. */
function neighbours(cluster: Cluster, route: Route): readonly Route[] {
  const found = new Map([[route.name, route]]);
  for (const { hosts } of found.values()) {
    for (const other of hosts.flatMap((host) => routesOfHost(cluster, host))) found.set(other.name, other);
  }
  return [...found.values()];
}

/** needsExpression; besides, the controller refuses other characters in a plain path. */
function needsExpression({ path, policy }: RouteRule): boolean {
  return path.kind === "regex" || policy.rewrite !== undefined || !/^\/[A-Za-z0-9._/-]*$/.test(path.value);
}

function plain({ kind, value }: PathMatch): Location {
  return { path: value, pathType: kind === "exact" ? "Exact" : "Prefix" };
}

function expression(rule: RouteRule, expressions: readonly Expression[]): Location {
  const found = expressions.find(({ path }) => samePath(path, rule.path));
  if (found === undefined) throw new Error(`rule ${rule.name} stands in no route of its host`);
  const { rewrite } = rule.policy;
  const whole = rewrite?.kind === "full" || rule.path.kind === "exact";
  return {
    path: found.text,
    pathType: "ImplementationSpecific",
    ...(rewrite && { rewriteTarget: whole ? rewrite.value : `${rewrite.value}$1` }),
  };
}

interface Expression {
  readonly path: PathMatch;
  readonly text: string;
}

/**
 * ordered expressions: the controller tries the longest text first, so one that is tried before another that takes
 * some of its requests is made longer by further `$`, which change nothing.
 */
function ordered(rules: readonly RouteRule[]): readonly Expression[] {
  const later: Expression[] = [];
  for (const rule of rules.toReversed()) {
    const { path } = rule;
    if (later.some((other) => samePath(other.path, path))) continue;
    const rivals = later.filter((other) => overlap(path, other.path)).map(({ text }) => text.length);
    later.push({ path, text: text(rule).padEnd(Math.max(0, ...rivals) + 1, "$") });
  }
  return later;
}

function overlap(earlier: PathMatch, later: PathMatch): boolean {
  return (
    earlier.kind === "regex" ||
    later.kind === "regex" ||
    (later.kind === "prefix" && `${earlier.value}/`.startsWith(start(later.value)))
  );
}

/**
 * text of an expression. It begins with a slash, as Kubernetes asks; `(?-i)` gives letters their case back; `$1` is
 * what stands behind a prefix, with its slash where the text that replaces the prefix has none.
 */
function text({ path, policy }: RouteRule): string {
  if (path.kind === "regex") return `/{0}(?-i)(?:${path.value})$`;
  if (path.kind === "exact") return `/(?-i)${escaped(path.value.slice(1))}$`;
  const bare = policy.rewrite?.value.endsWith("/") === true;
  if (path.value === "/") return bare ? "/(.*)$" : "/{0}(/.*)$";
  const prefix = `/(?-i)${escaped(path.value.slice(1).replace(/\/$/, ""))}`;
  return bare ? `${prefix}(?:/(.*))?$` : `${prefix}(/.*)?$`;
}

/** start of everything that a prefix takes: it ends in a slash. */
function start(prefix: string): string {
  return prefix.replace(/\/?$/, "/");
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}
