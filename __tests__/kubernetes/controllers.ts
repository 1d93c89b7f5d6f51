import type { Chart } from "../../kubernetes/chart";
import type { IngressController } from "../../kubernetes/ingress/engine";
import type { KubernetesObject } from "../../kubernetes/object";

/** gateway that an engine of Gateway API shares among routes. */
export const gateway: KubernetesObject = {
  apiVersion: "gateway.networking.k8s.io/v1",
  kind: "Gateway",
  metadata: { name: "web", namespace: "edge" },
  spec: {},
};

const chart: Chart = {
  release: "edge",
  repository: "https://charts.test",
  chart: "edge",
  version: "1.0.0",
  namespace: { name: "edge", podSecurity: "restricted" },
  values: {},
  wait: false,
};

/** controller of no engine: one object per route, and certificates in its own or one other namespace. */
export function controller({
  namespace,
  shared = [],
}: {
  readonly namespace?: string | undefined;
  readonly shared?: readonly KubernetesObject[];
} = {}): IngressController {
  return {
    charts: () => [chart],
    crds: [],
    deployment: { namespace: "edge", name: "edge" },
    service: { namespace: "edge", name: "edge" },
    shared: () => shared,
    route: (_, { name, namespace: its }) => [
      { apiVersion: "v1", kind: "ConfigMap", metadata: { name, namespace: its } },
    ],
    certificateNamespace: (route) => namespace ?? route.namespace,
  };
}
