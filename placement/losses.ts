import { demandOf } from "../config/demand";
import type { Cluster, Host } from "../config/model";
import { majorityOf } from "../config/quorum";

/** Loss of one host, to one cluster that has machines on it. */
export interface Loss {
  readonly host: string;
  readonly cluster: string;
  /** etcd: a member on each server; `needs` as many for its majority. */
  readonly etcd: Left & { readonly needs: number };
  readonly workers: Left & {
    /** cores of the workers that are left. */
    readonly cores: number;
    /** memory of them, in MiB. */
    readonly memory: number;
  };
  /** loadBalancers in front of the API; absent where the cluster has none. */
  readonly loadBalancers?: Left;
  /** api: "answers", or what it lacks. */
  readonly api: "answers" | "no majority of etcd" | "no load balancer" | "no first server";
}

export interface Left {
  readonly left: number;
  readonly of: number;
}

/** lossesOf each host that has machines, by host and then by cluster. */
export function lossesOf(clusters: readonly Cluster[]): Loss[] {
  const named = clusters.flatMap(({ proxmox }) => proxmox.hosts);
  const hosts = new Map(named.map((host) => [host.address, host]));
  return [...hosts.values()].flatMap((host) => clusters.flatMap((cluster) => lossOf(host, cluster) ?? []));
}

function lossOf(host: Host, cluster: Cluster): Loss | undefined {
  const stays = (placed: { readonly host: Host }) => placed.host.address !== host.address;
  const { api, servers, workers } = cluster;
  const loadBalancers = api.through === "haproxy" ? api.loadBalancers : [];
  if ([...servers, ...workers, ...loadBalancers].every(stays)) return undefined;
  const left = workers.filter(stays);
  const { cores, memory } = demandOf(left);
  return {
    host: host.name,
    cluster: cluster.name,
    etcd: { ...leftOf(servers, stays), needs: majorityOf(servers.length) },
    workers: { left: left.length, of: workers.length, cores, memory },
    ...(loadBalancers.length === 0 ? {} : { loadBalancers: leftOf(loadBalancers, stays) }),
    api: apiWithout(cluster, stays),
  };
}

function leftOf<Placed>(all: readonly Placed[], stays: (placed: Placed) => boolean): Left {
  return { left: all.filter(stays).length, of: all.length };
}

/** apiWithout a host: kube-vip's address moves to any server that is left; the others' address does not. */
function apiWithout(
  { api, servers }: Cluster,
  stays: (placed: { readonly host: Host }) => boolean,
): Loss["api"] {
  if (servers.filter(stays).length < majorityOf(servers.length)) return "no majority of etcd";
  if (api.through === "haproxy" && !api.loadBalancers.some(stays)) return "no load balancer";
  const isFirst = api.through === "first-server";
  if (isFirst && !servers.some((server) => stays(server) && server.address === api.address))
    return "no first server";
  return "answers";
}
