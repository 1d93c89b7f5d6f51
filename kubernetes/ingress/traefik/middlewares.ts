import type { Route, RouteRule } from "../../../config/model/routes";
import type { KubernetesObject } from "../../object";
import { headersSpec, hostSpec } from "./headers";
import { type MiddlewareSpec, nameOf, traefikObject } from "./names";
import { accessSpecs, identitySpecs, type Visitors } from "./protection";
import { redirectSpec, rewriteSpec } from "./replace";
import { retrySpec } from "./retry";

/**
 * middlewaresOf a rule, outermost first. Headers come first: a browser's preflight request has no password, a refusal
 * has the response's headers too, and external auth sets what was removed before.
 */
export function middlewaresOf(route: Route, rule: RouteRule, visitors: Visitors): KubernetesObject[] {
  const { path, action, policy } = rule;
  return objectsOf(route, rule, [
    ...headersSpec(policy),
    ...accessSpecs(route, rule, visitors),
    ...identitySpecs(policy),
    ...retrySpec(policy),
    ...(policy.rewrite ? [["rewrite", rewriteSpec(path, policy.rewrite)] as const] : []),
    ...hostSpec(rule),
    ...(action.kind === "redirect" ? [["redirect", redirectSpec(path, action)] as const] : []),
  ]);
}

/** objectsOf specs, one Middleware each. */
export function objectsOf(
  route: Route,
  rule: RouteRule,
  specs: readonly MiddlewareSpec[],
): KubernetesObject[] {
  return specs.map(([part, spec]) => traefikObject("Middleware", route, nameOf(route, rule, part), spec));
}
