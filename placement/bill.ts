import { type Demand, demandOf, templateDisks } from "../config/demand";
import type { Cluster, Host, Machine, Model } from "../config/model";
import { sizeOf } from "../config/network";
import { type Loss, lossesOf } from "./losses";
import { machinesOf } from "./machines";
import { type StoreBill, storesOf } from "./stores";

/** Bill, what the clusters of a file ask of their hosts, and what is left of each when a host is lost. */
export interface Bill {
  /** hosts that the file names, each once, also where several clusters stand on it. */
  readonly hosts: readonly HostBill[];
  readonly stores: readonly StoreBill[];
  readonly clusters: readonly ClusterBill[];
  readonly total: {
    readonly machines: number;
    readonly cores: Share;
    /** memory in MiB. */
    readonly memory: Share;
    /** disk in GiB, of machines and templates. */
    readonly disk: number;
    readonly addresses: number;
  };
  readonly losses: readonly Loss[];
}

/** Share of what is there that machines ask for. */
export interface Share {
  readonly asked: number;
  readonly has: number;
}

export interface HostBill {
  readonly name: string;
  readonly clusters: readonly string[];
  readonly machines: number;
  readonly cores: Share;
  /** overcommit, cores that machines may have for each core of the host, as declared; a rule refuses two ratios. */
  readonly overcommit?: number;
  /** memory in MiB. */
  readonly memory: Share;
  /** disk in GiB that machines and templates have on the host; on a shared store, those of its machines. */
  readonly disk: number;
  /** addresses of the machines on it. */
  readonly addresses: number;
}

export interface ClusterBill extends Demand {
  readonly name: string;
  readonly servers: number;
  readonly workers: number;
  readonly loadBalancers: number;
  readonly addresses: {
    readonly machines: number;
    /** api: 1, or 0 where it is the first server's. */
    readonly api: number;
    /** services, addresses of the load balancer's pools. */
    readonly services: number;
  };
}

/** billOf all clusters of a file. */
export function billOf({ clusters }: Model): Bill {
  const hosts = hostsOf(clusters);
  const bills = clusters.map(clusterBill);
  const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0);
  const share = (fact: "cores" | "memory"): Share => ({
    asked: sum(hosts.map((host) => host[fact].asked)),
    has: sum(hosts.map((host) => host[fact].has)),
  });
  return {
    hosts,
    stores: storesOf(clusters),
    clusters: bills,
    total: {
      machines: sum(hosts.map(({ machines }) => machines)),
      cores: share("cores"),
      memory: share("memory"),
      disk: sum(bills.map(({ disk }) => disk)),
      addresses: sum(bills.flatMap(({ addresses }) => Object.values(addresses))),
    },
    losses: lossesOf(clusters),
  };
}

/** hostsOf all clusters: two that name one address mean one host, and a rule has seen to it that they say the same of it. */
function hostsOf(clusters: readonly Cluster[]): HostBill[] {
  const named = clusters.flatMap(({ proxmox }) => proxmox.hosts);
  const hosts = new Map(named.map((host) => [host.address, host]));
  return [...hosts.values()].map((host) => hostBill(host, clusters));
}

function hostBill(host: Host, all: readonly Cluster[]): HostBill {
  const isHere = (candidate: { readonly host: Host }) => candidate.host.address === host.address;
  const clusters = all.filter((cluster) => machinesOf(cluster).some(isHere));
  const machines: Machine[] = clusters.flatMap(machinesOf).filter(isHere);
  const templates = all.map(({ template }) => templateDisks(template.vms.filter(isHere), template.disk));
  const [overcommit] = clusters.flatMap(({ proxmox }) => proxmox.overcommit ?? []);
  const asked = demandOf(machines);
  return {
    name: host.name,
    clusters: clusters.map(({ name }) => name),
    machines: machines.length,
    cores: { asked: asked.cores, has: host.cores },
    ...(overcommit === undefined ? {} : { overcommit }),
    memory: { asked: asked.memory, has: host.memory },
    disk: templates.reduce((total, disk) => total + disk, asked.disk),
    addresses: machines.length,
  };
}

function clusterBill(cluster: Cluster): ClusterBill {
  const machines = machinesOf(cluster);
  const { api, loadBalancer, servers, template, workers } = cluster;
  const demand = demandOf(machines);
  return {
    name: cluster.name,
    servers: servers.length,
    workers: workers.length,
    loadBalancers: machines.length - servers.length - workers.length,
    ...demand,
    disk: demand.disk + templateDisks(template.vms, template.disk),
    addresses: {
      machines: machines.length,
      api: machines.some(({ address }) => address === api.address) ? 0 : 1,
      services: loadBalancer.pools.reduce(
        (total, pool) =>
          pool.addresses.reduce((inPool, range) => inPool + sizeOf(range), total + pool.reserved.length),
        0,
      ),
    },
  };
}
