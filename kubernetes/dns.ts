import { stringify } from "yaml";
import type { ClusterDns } from "../config/model/cluster-dns";
import { corednsPlugins } from "./dns/plugins";
import type { KubernetesObject } from "./object";

/**
 * clusterDnsObject configures RKE2's CoreDNS. The chart's list of servers is replaced as a whole, so all of it stands
 * here. A release that fails is tried again with the next change: by default it would be taken away first, and the
 * cluster would be without names.
 * @see rke2-charts packages/rke2-coredns, https://docs.rke2.io/add-ons/helm
 */
export function clusterDnsObject(dns: ClusterDns): KubernetesObject {
  return {
    apiVersion: "helm.cattle.io/v1",
    kind: "HelmChartConfig",
    metadata: { name: "rke2-coredns", namespace: "kube-system" },
    spec: {
      failurePolicy: "retry",
      valuesContent: stringify(
        { servers: [{ zones: [{ zone: ".", use_tcp: true }], port: 53, plugins: corednsPlugins(dns) }] },
        { version: "1.1", lineWidth: 0 },
      ),
    },
  };
}
