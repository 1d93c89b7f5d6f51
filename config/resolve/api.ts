import type { Draft } from "../draft";
import type { LoadBalancerNode } from "../model";
import type { Api } from "../model/api";
import { ipv4Number } from "../network";

/** apiOf a cluster, with the machines in front where it has them. */
export function apiOf({ input: { api } }: Draft, loadBalancers: readonly LoadBalancerNode[]): Api {
  const { address } = api;
  if (api.through !== "haproxy") return { address, through: api.through };
  const routerId = api.loadBalancers.routerId ?? defaultRouterId(address);
  return { address, through: "haproxy", routerId, loadBalancers };
}

/** defaultRouterId: addresses of one network that differ in their last number give numbers that differ. */
export function defaultRouterId(address: Api["address"]): number {
  return ipv4Number(address) % 256 || 255;
}
