import type { Cluster } from "../../config/model";
import type { Backend, Route } from "../../config/model/routes";
import { istioCharts } from "../charts/istio";
import type { KubernetesObject } from "../object";
import type { IngressController } from "./engine";
import { allowListOf, type Workload } from "./istio/allow-list";
import { destinationRulesOf } from "./istio/destinations";
import { gatewayOf } from "./istio/gateway";
import { hostGroupsOf } from "./istio/host-group";
import { gateway, gatewayLabels } from "./istio/names";
import { proxyPeersOnly } from "./istio/proxy-peers";
import { requestIdKept } from "./istio/request-id";
import { serviceEntryOf } from "./istio/service-entry";
import { virtualServiceOf } from "./istio/virtual-service";
import { oncePerCluster } from "./once-per-cluster";

/**
 * istio turns routes into VirtualServices and Gateways of its ingress gateway; no pod has a sidecar. Retries that
 * nobody asked for are off for the whole mesh, as is preferring pods of the same zone.
 */
export const istio: IngressController = {
  charts: istioCharts,
  crds: [
    "gateways.networking.istio.io",
    "virtualservices.networking.istio.io",
    "destinationrules.networking.istio.io",
    "serviceentries.networking.istio.io",
    "envoyfilters.networking.istio.io",
    "authorizationpolicies.security.istio.io",
  ],
  deployment: { namespace: gateway, name: gateway },
  service: { namespace: gateway, name: gateway },
  shared: (_cluster, ingress) => [
    requestIdKept(gateway, gatewayLabels),
    ...proxyPeersOnly(ingress, workload),
  ],
  route: routeObjects,
  certificateNamespace: () => gateway,
};

const workload: Workload = { namespace: gateway, selection: { selector: { matchLabels: gatewayLabels } } };

function routeObjects(cluster: Cluster, route: Route): readonly KubernetesObject[] {
  const owned = route.rules.map((rule) => ({ route, rule }));
  return [
    ...hostGroupsOf(cluster, route).flatMap((group) => {
      const allowList = allowListOf(cluster, group, workload);
      return [gatewayOf(group), virtualServiceOf(group), ...(allowList ? [allowList] : [])];
    }),
    ...destinationRulesOf(owned),
    ...serviceEntriesOf(cluster, route),
  ];
}

/** serviceEntriesOf backends outside that no earlier route leads to. */
function serviceEntriesOf(cluster: Cluster, route: Route): readonly KubernetesObject[] {
  const hosts = new Map(backendsOf(route).map((backend) => [backend.externalHost, backend]));
  return [...hosts].flatMap(([host, backend]) =>
    host !== undefined && firstRouteTo(cluster).get(host) === route.name ? serviceEntryOf(backend, host) : [],
  );
}

const firstRouteTo = oncePerCluster(
  ({ routes }) =>
    new Map(
      routes
        .flatMap((route) => backendsOf(route).map(({ externalHost }) => [externalHost, route.name] as const))
        .toReversed(),
    ),
);

function backendsOf(route: Route): readonly Backend[] {
  return [
    ...(route.passthrough ? [route.passthrough] : []),
    ...route.rules.flatMap(({ action, policy }) => [
      ...(action.kind === "forward" ? action.backends : []),
      ...(policy.mirror ? [policy.mirror.backend] : []),
    ]),
  ];
}
