import type { Cluster } from "../../../config/model";
import type { Backend, Route, RouteTls } from "../../../config/model/routes";
import { type HostRule, routesOfHost, rulesOf } from "../same-host";

/**
 * HostGroup: hosts that the same routes serve. They become one VirtualService, because Istio promises no order
 * between the rules of two. The first of the routes owns it: it gives name, namespace and TLS.
 */
export interface HostGroup {
  readonly name: string;
  readonly namespace: string;
  readonly hosts: readonly string[];
  readonly tls?: RouteTls;
  readonly passthrough?: Backend;
  readonly rules: readonly HostRule[];
}

/** hostGroupsOf a route: those that it owns; none where every host of it stands in an earlier route. */
export function hostGroupsOf(cluster: Cluster, route: Route): readonly HostGroup[] {
  const groups = new Map<string, { routes: readonly Route[]; hosts: string[] }>();
  for (const host of route.hosts) {
    const routes = routesOfHost(cluster, host);
    if (routes[0]?.name !== route.name) continue;
    const key = routes.map(({ name }) => name).join("-with-");
    const group = groups.get(key);
    if (group === undefined) groups.set(key, { routes, hosts: [host] });
    else group.hosts.push(host);
  }
  return [...groups].map(([name, { routes, hosts }]) => groupOf(name, route, routes, hosts));
}

function groupOf(name: string, owner: Route, routes: readonly Route[], hosts: readonly string[]): HostGroup {
  const tls = routes.find((route) => route.tls !== undefined)?.tls;
  return {
    name,
    namespace: owner.namespace,
    hosts,
    rules: rulesOf(routes),
    ...(tls && { tls }),
    ...(owner.passthrough && { passthrough: owner.passthrough }),
  };
}
