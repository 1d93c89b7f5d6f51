import { contains, ipv4Number } from "../network";
import type { Ipv4 } from "../network";
import type { ClusterInput } from "../schema";
import type { AddressPoolInput } from "../schema/load-balancer";

/** DraftAddressPool is one pool of the load balancer as the file has it. */
export interface DraftAddressPool {
  readonly name: string;
  readonly pool: AddressPoolInput;
  /** keys of the pool in the file: `loadBalancer`, or `loadBalancer.pools.public`. */
  readonly keys: readonly string[];
}

export function addressPoolsOf({ loadBalancer }: ClusterInput): DraftAddressPool[] {
  if ("addresses" in loadBalancer) return [{ name: "default", pool: loadBalancer, keys: ["loadBalancer"] }];
  return Object.entries(loadBalancer.pools).map(([name, pool]) => {
    return { name, pool, keys: ["loadBalancer", "pools", name] };
  });
}

/** poolWith an address. */
export function poolWith(pools: readonly DraftAddressPool[], address: Ipv4): DraftAddressPool | undefined {
  return pools.find(({ pool }) => pool.addresses.some((range) => contains(range, ipv4Number(address))));
}
