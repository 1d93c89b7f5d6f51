import type { Cluster } from "../../config/model";
import type { PathMatch, Route, RouteRule } from "../../config/model/routes";
import { comparePaths } from "../../config/path-order";
import { oncePerCluster } from "./once-per-cluster";

/** HostRule is a rule with the route that it stands in. */
export interface HostRule {
  readonly route: Route;
  readonly rule: RouteRule;
}

/** routesOfHost, in the order of the file: one host may stand in several. */
export function routesOfHost(cluster: Cluster, host: string): readonly Route[] {
  return routesByHost(cluster).get(host) ?? [];
}

/** rulesOf several routes of one host in the one order in which they are tried, as if they stood in one route. */
export function rulesOf(routes: readonly Route[]): readonly HostRule[] {
  return routes
    .flatMap((route) => route.rules.map((rule) => ({ route, rule })))
    .toSorted((a, b) => comparePaths(a.rule.path, b.rule.path));
}

export function samePath(a: PathMatch, b: PathMatch): boolean {
  return a.kind === b.kind && a.value === b.value;
}

const routesByHost = oncePerCluster(({ routes }) => {
  const byHost = new Map<string, Route[]>();
  for (const route of routes) {
    for (const host of route.hosts) byHost.set(host, [...(byHost.get(host) ?? []), route]);
  }
  return byHost;
});
