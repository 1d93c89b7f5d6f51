import type { Cluster } from "../../config/model";
import type { Exposure } from "../../config/model/services";
import type { Ipv4 } from "../../config/network";
import type { End } from "../picture";
import type { ServiceAt } from "./services";

/** Answering is who answers at an address of the load balancer. */
export interface Answering {
  readonly pool: string;
  /** address; absent = one that MetalLB chooses. */
  readonly address?: Ipv4;
  readonly name: string;
  readonly to: End;
}

/** answeringOf a cluster: the ingress, then services of type LoadBalancer. */
export function answeringOf(cluster: Cluster, ingressAt: End | undefined, serviceAt: ServiceAt): Answering[] {
  const { ingress, services, loadBalancer } = cluster;
  const poolWith = (address: Ipv4) =>
    loadBalancer.pools.find(({ reserved }) => reserved.includes(address))?.name ?? "";
  const poolOf = ({ address, pool }: Exposure) =>
    pool ?? (address === undefined ? firstFree(cluster) : poolWith(address));
  return [
    ...(ingress === undefined || ingressAt === undefined
      ? []
      : [{ pool: poolWith(ingress.address), address: ingress.address, name: "ingress", to: ingressAt }]),
    ...services.flatMap((service): Answering[] => {
      if (service.kind === "external" || service.exposure?.type !== "LoadBalancer") return [];
      const { name, exposure } = service;
      const given = exposure.address === undefined ? {} : { address: exposure.address };
      return [{ pool: poolOf(exposure), name, to: serviceAt(name), ...given }];
    }),
  ];
}

/** firstFree pool that gives an address to who names none. */
function firstFree({ loadBalancer }: Cluster): string {
  return loadBalancer.pools.find(({ autoAssign }) => autoAssign)?.name ?? "";
}
