import type { Ingress } from "../../../config/model/ingress";
import type { KubernetesObject } from "../../object";
import type { Workload } from "./allow-list";

/** proxyPeersOnly may connect once PROXY protocol is spoken: Envoy believes its words from whoever sends them. */
export function proxyPeersOnly(ingress: Ingress, workload: Workload): readonly KubernetesObject[] {
  if (ingress.proxyProtocol.length === 0) return [];
  const peers = ingress.proxyProtocol.map(({ cidr }) => cidr);
  return [
    {
      apiVersion: "security.istio.io/v1",
      kind: "AuthorizationPolicy",
      metadata: { name: "proxy-peers-only", namespace: workload.namespace },
      spec: {
        ...workload.selection,
        action: "DENY",
        rules: [{ from: [{ source: { notIpBlocks: peers } }] }],
      },
    },
  ];
}
