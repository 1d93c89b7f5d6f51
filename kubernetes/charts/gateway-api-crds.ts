import type { Cluster } from "../../config/model";
import { charts } from "../../versions";
import type { Chart } from "../chart";

/**
 * gatewayApiCrds: the kinds of Gateway API, where RKE2 does not bring them: from 1.37 on it installs this very chart,
 * before that only beside its own Traefik. Its release has another name, so that RKE2 takes no notice of it.
 * @see https://github.com/rancher/rke2/blob/master/docs/adrs/011-bundle-gatewayAPI.md
 */
export function gatewayApiCrds({ rke2 }: Cluster): readonly Chart[] {
  const [, minor] = /^v1\.(\d+)\./.exec(rke2.version) ?? [];
  if (Number(minor) >= 37) return [];
  return [
    {
      release: "gateway-api-crds",
      repository: charts["gateway-api-crds"].repository,
      chart: charts["gateway-api-crds"].chart,
      version: charts["gateway-api-crds"].version,
      namespace: { name: "gateway-api", podSecurity: "restricted" },
      values: {},
      wait: true,
    },
  ];
}

/** gatewayApiKinds that the network stack needs before it is planned. */
export const gatewayApiKinds = [
  "gateways.gateway.networking.k8s.io",
  "httproutes.gateway.networking.k8s.io",
  "referencegrants.gateway.networking.k8s.io",
  "tlsroutes.gateway.networking.k8s.io",
] as const;
