import type { Cluster } from "../../../config/model";
import type { Ingress } from "../../../config/model/ingress";
import type { Route } from "../../../config/model/routes";
import { addressOf, istioControlPlane } from "../../charts/istio";
import type { KubernetesObject } from "../../object";
import type { ObjectName } from "../engine";
import { allowListOf, type Workload } from "../istio/allow-list";
import { hostGroupsOf } from "../istio/host-group";
import { proxyPeersOnly } from "../istio/proxy-peers";
import { requestIdKept } from "../istio/request-id";
import { serviceRulesOf } from "../istio/service-rules";
import type { Carrier } from "./carrier";

/**
 * istioCarrier: istiod makes a Deployment and a Service of the Gateway, both named `<gateway>-<class>`, and takes its
 * infrastructure over to them. What HTTPRoute has no field for stands beside it in Istio's own kinds.
 * @see https://istio.io/latest/docs/tasks/traffic-management/ingress/gateway-api/#automated-deployment
 */
export const istioCarrier: Carrier = {
  charts: (_cluster, ingress) => istioControlPlane(ingress),
  crds: [
    "destinationrules.networking.istio.io",
    "envoyfilters.networking.istio.io",
    "authorizationpolicies.security.istio.io",
  ],
  deployment: { namespace: "istio-system", name: "istiod" },
  service: { namespace: "istio-system", name: "ingress-istio" },
  gateway: { namespace: "istio-system", name: "ingress" },
  gatewayClassName: "istio",
  ports: { http: 80, https: 443 },
  infrastructure: (ingress) => ({
    annotations: addressOf(ingress),
    parametersRef: { group: "", kind: "ConfigMap", name: parameters.name },
  }),
  listenerOptions: () => ({}),
  corsFilter: true,
  shared: (_cluster, ingress) => [
    parametersOf(ingress),
    requestIdKept(parameters.namespace, gatewayLabels),
    ...proxyPeersOnly(ingress, workload),
  ],
  rule: () => ({ filters: [], objects: [] }),
  objects,
};

const parameters: ObjectName = { namespace: "istio-system", name: "ingress-parameters" };

const gatewayLabels = { "gateway.networking.k8s.io/gateway-name": "ingress" } as const;

const workload: Workload = {
  namespace: "istio-system",
  selection: {
    targetRefs: [{ group: "gateway.networking.k8s.io", kind: "Gateway", name: "ingress" }],
  },
};

function objects(cluster: Cluster, route: Route): readonly KubernetesObject[] {
  const allowLists = hostGroupsOf(cluster, route).map((group) => allowListOf(cluster, group, workload));
  return [...serviceRulesOf(cluster, route), ...allowLists.filter((allowList) => allowList !== undefined)];
}

/**
 * parametersOf the Gateway: patches of what istiod makes of it. The budget exists only where the ConfigMap has one,
 * and one pod alone gets none, because it would hold every drain.
 */
function parametersOf(ingress: Ingress): KubernetesObject {
  const spread = {
    maxSkew: 1,
    topologyKey: "kubernetes.io/hostname",
    whenUnsatisfiable: "ScheduleAnyway",
    labelSelector: { matchLabels: gatewayLabels },
  };
  const pods = {
    replicas: ingress.replicas,
    template: {
      metadata: { annotations: { "prometheus.io/scrape": String(ingress.metrics) } },
      spec: { topologySpreadConstraints: [spread] },
    },
  };
  return {
    apiVersion: "v1",
    kind: "ConfigMap",
    metadata: { ...parameters },
    data: {
      deployment: JSON.stringify({ spec: pods }),
      service: JSON.stringify({ spec: { externalTrafficPolicy: "Local" } }),
      ...(ingress.replicas > 1 && {
        podDisruptionBudget: JSON.stringify({ spec: { maxUnavailable: 1 } }),
      }),
    },
  };
}
