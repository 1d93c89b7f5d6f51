import { demandOf, templateDisks } from "../config/demand";
import type { Cluster, Host } from "../config/model";
import { machinesOf } from "./machines";

/** StoreBill of one store of disks, in GiB. */
export interface StoreBill {
  readonly store: string;
  /** host that it belongs to; absent = every host sees it. */
  readonly host?: string;
  readonly machines: number;
  /** templates and, where they come from an ISO, their installers. */
  readonly templates: number;
  /** has, the space this program may use; absent = the file does not say. */
  readonly has?: number;
}

/** storesOf the machines' disks, each host's own first, then the shared ones. */
export function storesOf(clusters: readonly Cluster[]): StoreBill[] {
  return [...ownStores(clusters), ...sharedStores(clusters)];
}

function ownStores(clusters: readonly Cluster[]): StoreBill[] {
  const using = clusters.filter(({ proxmox }) => !proxmox.disks.shared);
  const places = using.flatMap(({ proxmox }) =>
    proxmox.hosts.map((host) => ({ host, store: proxmox.disks.id })),
  );
  const stores = new Map(places.map((place) => [`${place.host.address} ${place.store}`, place]));
  return [...stores.values()].flatMap(({ host, store }) => {
    const here = using.filter(({ proxmox }) => proxmox.disks.id === store);
    const asked = disksOf(here, (candidate) => candidate.host.address === host.address);
    if (asked.machines + asked.templates === 0) return [];
    const has = host.storage[store];
    return [{ store, host: host.name, ...asked, ...(has === undefined ? {} : { has }) }];
  });
}

function sharedStores(clusters: readonly Cluster[]): StoreBill[] {
  const using = clusters.filter(({ proxmox }) => proxmox.disks.shared);
  return using.flatMap((cluster, index) => {
    const { id: store, space } = cluster.proxmox.disks;
    const together = using.filter((other) => other.proxmox.disks.id === store && sameProxmox(cluster, other));
    if (together.some((other) => using.indexOf(other) < index)) return [];
    return [{ store, ...disksOf(together, () => true), ...(space === undefined ? {} : { has: space }) }];
  });
}

function sameProxmox({ proxmox: a }: Cluster, { proxmox: b }: Cluster): boolean {
  const addresses = a.hosts.map(({ address }) => address);
  return a.endpoint === b.endpoint || b.hosts.some(({ address }) => addresses.includes(address));
}

function disksOf(
  clusters: readonly Cluster[],
  counts: (placed: { readonly host: Host }) => boolean,
): Pick<StoreBill, "machines" | "templates"> {
  return {
    machines: demandOf(clusters.flatMap(machinesOf).filter(counts)).disk,
    templates: clusters.reduce(
      (total, { template }) => total + templateDisks(template.vms.filter(counts), template.disk),
      0,
    ),
  };
}
