import type { DraftRule } from "../../draft/routes";
import type { EngineName } from "../../model/ingress";
import type { Condition, PathMatch } from "../../model/routes";
import type { HostRule } from "./host-rules";

export type GatewayEngine = Extract<EngineName, `gateway-api/${string}`>;

/** Precedence by which an engine chooses between two rules that can both take a request. */
export interface Precedence {
  /** keeps the order of two rules: it tries the earlier one first, wherever else they stand. */
  readonly keeps: (earlier: HostRule, later: HostRule) => boolean;
  readonly by: string;
}

export const precedences: Readonly<Record<GatewayEngine, Precedence>> = {
  "gateway-api/istio": {
    keeps: keptBySpecification,
    by: "the one with a method first, then the one with more headers, then more of the query",
  },
  "gateway-api/traefik": {
    keeps: keptBySum,
    by: "it adds up path, method, headers, query and host, and tries the larger sum first",
  },
};

/**
 * keptBySpecification: paths are in its order already, and a host is asked before its wildcard.
 * @see https://gateway-api.sigs.k8s.io/reference/spec/#httprouterule
 */
function keptBySpecification(earlier: HostRule, later: HostRule): boolean {
  if (earlier.host !== later.host || !samePath(earlier, later)) return true;
  return weightOf(earlier.rule.condition) >= weightOf(later.rule.condition);
}

function weightOf(condition: Condition | undefined): number {
  const { methods, headers, query } = condition ?? always;
  return (methods.length > 0 ? 10_000 : 0) + headers.length * 100 + query.length;
}

const always: Condition = { methods: [], headers: [], query: [] };

/**
 * keptBySum whatever other rules the routes have: up to 16 are added for a rule's place in its HTTPRoute, and of the
 * host the length, which is that of the route's longest where plain HTTP comes in.
 * @see traefik pkg/provider/kubernetes/gateway/httproute.go, buildMatchRule
 */
function keptBySum(earlier: HostRule, later: HostRule): boolean {
  const lead = sumOf(earlier.rule) - sumOf(later.rule);
  if (earlier.route === later.route && objectOf(earlier) === objectOf(later)) return lead >= 0;
  const byHost = Math.min(earlier.host.length - later.host.length, longestHost(earlier) - longestHost(later));
  return lead + byHost >= matchesOfObject;
}

function sumOf({ path: { kind, value }, condition }: DraftRule): number {
  const { methods, headers, query } = condition ?? always;
  return pathSum(kind, value) + (methods.length > 0 ? 1000 : 0) + headers.length * 100 + query.length * 10;
}

function pathSum(kind: PathMatch["kind"], value: string): number {
  if (kind === "exact") return 100_000;
  if (kind === "prefix" && value === "/") return 1;
  return 10_000 + value.length * 100;
}

/** objectOf a rule: which of its route's HTTPRoutes it stands in; each method has a rule of its own there. */
function objectOf({ route, rule }: HostRule): number {
  const before = route.rules.slice(0, route.rules.indexOf(rule));
  const matches = before.reduce((sum, { condition }) => sum + Math.max(1, condition?.methods.length ?? 0), 0);
  return Math.floor(matches / matchesOfObject);
}

/** matchesOfObject: an HTTPRoute has 16 rules at most. */
const matchesOfObject = 16;

function longestHost({ route }: HostRule): number {
  return Math.max(...route.hosts.map((host) => host.length));
}

export function samePath({ rule: { path: a } }: HostRule, { rule: { path: b } }: HostRule): boolean {
  return a.kind === b.kind && a.value === b.value;
}
