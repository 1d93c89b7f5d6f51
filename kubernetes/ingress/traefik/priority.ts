import type { Route, RouteRule } from "../../../config/model/routes";
import type { Visitors } from "./protection";

/** redirectPriority of plain HTTP to HTTPS: below every rule, and below what cert-manager puts there to answer ACME. */
export const redirectPriority = 1;

/**
 * priorityOf a rule: a number that only its own host, path and place decide, so that routes of one host fall into the
 * model's order and a new route changes no other's. Exact hosts go before wildcards, exact paths before regexes
 * before prefixes, longer before shorter, conditions first; then the order of the route; then visitors through the
 * edge, whose match says more.
 */
export function priorityOf(
  route: Route,
  rule: RouteRule,
  hosts: "exact" | "wildcard",
  visitors: Visitors,
): number {
  const { kind, value } = rule.path;
  return (
    2 +
    digits([
      [hosts === "exact" ? 1 : 0, 2],
      [kinds.indexOf(kind), kinds.length],
      [value.length, 4096],
      [rule.condition === undefined ? 0 : 1, 2],
      [laterOfSamePath(route, rule), 64],
      [visitors === "through-edge" ? 1 : 0, 2],
    ])
  );
}

const kinds: readonly RouteRule["path"]["kind"][] = ["prefix", "regex", "exact"];

function laterOfSamePath(route: Route, rule: RouteRule): number {
  return route.rules
    .slice(route.rules.indexOf(rule) + 1)
    .filter(({ path }) => path.kind === rule.path.kind && path.value === rule.path.value).length;
}

/** digits of one number, each with the number of its values. */
function digits(places: readonly (readonly [digit: number, values: number])[]): number {
  return places.reduce((sum, [digit, values]) => sum * values + Math.min(digit, values - 1), 0);
}
