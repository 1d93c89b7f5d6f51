import type { Cluster } from "../config/model";
import type { Chart } from "./chart";
import { certManager } from "./charts/cert-manager";
import { longhorn } from "./charts/longhorn";
import { metalLb } from "./charts/metallb";
import type { IngressController } from "./ingress/engine";

/** platformCharts in the order in which they are installed. */
export function platformCharts(
  cluster: Cluster,
  controller: IngressController | undefined,
): readonly Chart[] {
  const { ingress, issuers, storage } = cluster;
  return [
    metalLb,
    ...(ingress === undefined || controller === undefined ? [] : controller.charts(cluster, ingress)),
    ...(issuers.length === 0 ? [] : [certManager(cluster)]),
    ...(storage === "longhorn" ? [longhorn(cluster)] : []),
  ];
}
