import type { Cluster, LoadBalancerNode, Machine } from "./model";

/** loadBalancersOf a cluster, the machines in front of its servers; none where the API is reached otherwise. */
export function loadBalancersOf({ api }: Pick<Cluster, "api">): readonly LoadBalancerNode[] {
  return api.through === "haproxy" ? api.loadBalancers : [];
}

/** machinesOf a cluster: servers, workers, load balancers. */
export function machinesOf(cluster: Cluster): readonly Machine[] {
  return [...cluster.servers, ...cluster.workers, ...loadBalancersOf(cluster)];
}
