import type { Draft } from "../draft";
import { routerIdOf } from "../draft/api";
import type { LoadBalancerNode } from "../model";
import type { Api } from "../model/api";

/** apiOf a cluster, with the machines in front where it has them. */
export function apiOf({ input }: Draft, loadBalancers: readonly LoadBalancerNode[]): Api {
  const { address, through } = input.api;
  const routerId = routerIdOf(input);
  if (through !== "haproxy") return { address, through };
  if (routerId === undefined) throw new Error("load balancers without a router id");
  return { address, through, routerId, loadBalancers };
}
