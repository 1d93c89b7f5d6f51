import type { KubernetesObjectLike } from "../kubernetes/contract";
import { ChartRefusal, type ChartRenderer, type Release } from "./chart";
import { readCrds } from "./crds";
import { certManager } from "./cert-manager";
import { gatewayApiCrds } from "./gateway-api-crds";
import { ingressNginx } from "./ingress-nginx";
import { base } from "./istio/base";
import { gateway } from "./istio/gateway";
import { istiod } from "./istio/istiod";
import { longhorn } from "./longhorn";
import { metallb } from "./metallb";
import { traefik } from "./traefik";

export { ChartRefusal, type ChartRenderer, type Release, type Rendered } from "./chart";
export { type Crds, readCrds } from "./crds";

/** ChartAddress, where a release says that its chart lies. */
export interface ChartAddress {
  readonly repository: string;
  readonly chart: string;
  readonly version: string;
}

/** renderChart gives everything that a release brings into a cluster, its custom resources in their minimal form. */
export function renderChart(
  release: ChartAddress & Release,
  values: unknown,
): readonly KubernetesObjectLike[] {
  const { crds, objects } = findChart(release).render(values, release, readCrds());
  return [...crds, ...objects];
}

/** findChart among those that the lab can stand in for, and refuses any other with the list of them. */
export function findChart({ repository, chart, version }: ChartAddress): ChartRenderer {
  const found = chartRenderers.find(
    (each) => each.repository === repository && each.chart === chart && each.version === version,
  );
  if (found !== undefined) return found;
  throw new ChartRefusal(
    [
      `The lab has no rendering of chart ${chart} ${version} from ${repository}. It has:`,
      ...chartRenderers.map((each) => `  ${each.chart} ${each.version} from ${each.repository}`),
    ].join("\n"),
  );
}

/** chartRenderers, all that the lab can stand in for. */
export const chartRenderers: readonly ChartRenderer[] = [
  metallb,
  certManager,
  gatewayApiCrds,
  traefik,
  base,
  istiod,
  gateway,
  ingressNginx,
  longhorn,
];
