import type { Draft, DraftRoute } from "../../draft";
import type { DraftRule } from "../../draft/routes";
import type { Condition, PathMatch, ValueMatch } from "../../model/routes";
import { comparePaths } from "../../path-order";

/** HostRule is a rule under one host of its route. */
export interface HostRule {
  readonly host: string;
  readonly route: DraftRoute;
  readonly rule: DraftRule;
}

/** hostRules of each host in the order of the file, those of a wildcard that takes the host too behind its own. */
export function hostRules({ routes }: Draft): HostRule[][] {
  const byHost = new Map<string, DraftRoute[]>();
  for (const route of routes) {
    for (const host of new Set(route.hosts)) byHost.set(host, [...(byHost.get(host) ?? []), route]);
  }
  return [...byHost].map(([host, own]) => {
    const wildcard = `*${host.slice(host.indexOf("."))}`;
    const behind = (byHost.get(wildcard) ?? []).filter((route) => !own.includes(route));
    return [...inOrder(host, own), ...inOrder(wildcard, behind)];
  });
}

/** mayBothTake one request, as far as paths and conditions tell. */
export function mayBothTake(earlier: DraftRule, later: DraftRule): boolean {
  return overlap(earlier.path, later.path) && !excludeEachOther(earlier.condition, later.condition);
}

function inOrder(host: string, routes: readonly DraftRoute[]): HostRule[] {
  return routes
    .flatMap((route) => route.rules.map((rule) => ({ host, route, rule })))
    .sort((a, b) => comparePaths(a.rule.path, b.rule.path));
}

function overlap(a: PathMatch, b: PathMatch): boolean {
  if (a.kind === "regex" || b.kind === "regex") return true;
  return a.value === b.value || below(a, b) || below(b, a);
}

function below(path: PathMatch, prefix: PathMatch): boolean {
  return prefix.kind === "prefix" && path.value.startsWith(prefix.value.replace(/\/?$/, "/"));
}

function excludeEachOther(a: Condition | undefined, b: Condition | undefined): boolean {
  if (a === undefined || b === undefined) return false;
  const methods = a.methods.length > 0 && b.methods.length > 0;
  return (
    (methods && !a.methods.some((method) => b.methods.includes(method))) ||
    differ(a.headers, b.headers) ||
    differ(a.query, b.query)
  );
}

/** differ: one name would need two values. */
function differ(some: readonly ValueMatch[], others: readonly ValueMatch[]): boolean {
  return some.some(({ kind, name, value }) =>
    others.some(
      (other) =>
        kind === "exact" &&
        other.kind === "exact" &&
        other.name.toLowerCase() === name.toLowerCase() &&
        other.value !== value,
    ),
  );
}
