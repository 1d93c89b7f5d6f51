import { ipv4Number } from "../network";
import type { ClusterInput } from "../schema";

/**
 * routerIdOf a cluster's pair of load balancers, as written or the API address' last number: addresses of one network
 * that differ there give numbers that differ. Undefined = there is no pair.
 */
export function routerIdOf({ api }: ClusterInput): number | undefined {
  if (api.through !== "haproxy") return undefined;
  return api.loadBalancers.routerId ?? (ipv4Number(api.address) % 256 || 255);
}
