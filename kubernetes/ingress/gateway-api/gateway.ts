import type { Cluster } from "../../../config/model";
import type { Ingress } from "../../../config/model/ingress";
import type { KubernetesObject } from "../../object";
import type { Carrier } from "./carrier";
import { listenersOf } from "./listeners";

/** gatewayOf a cluster: one for all routes. */
export function gatewayOf(cluster: Cluster, ingress: Ingress, carrier: Carrier): KubernetesObject {
  const infrastructure = carrier.infrastructure(ingress);
  return {
    apiVersion: "gateway.networking.k8s.io/v1",
    kind: "Gateway",
    metadata: { ...carrier.gateway },
    spec: {
      gatewayClassName: carrier.gatewayClassName,
      ...(infrastructure !== undefined && { infrastructure }),
      listeners: listenersOf(cluster, carrier).map(({ name, body }) => ({ name, ...body })),
    },
  };
}
