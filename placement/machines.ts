import type { Cluster, Machine } from "../config/model";

/** machinesOf a cluster: its nodes, and the load balancers in front of the servers. */
export function machinesOf({ api, servers, workers }: Cluster): Machine[] {
  return [...servers, ...workers, ...(api.through === "haproxy" ? api.loadBalancers : [])];
}
