import { existsSync } from "node:fs";
import { join } from "node:path";
import { machinesOf } from "../../config/load-balancers";
import { type Cluster, type NodeNetwork } from "../../config/model";
import { contains, printIpv4 } from "../../config/network";
import type { LabOptions } from "../../lab";
import type { Subject } from "../../lab/rehearse/subject";
import { siteOf } from "./site";

/** surroundingsOf a file's clusters: a site that has all they name, and the reference data that is at hand. */
export function surroundingsOf(clusters: readonly Cluster[]): Subject["site"] {
  const schema = referenceData("schemas", "pve-api.json");
  const crds = referenceData("crds");
  return {
    site: siteOf(clusters),
    edges: edgesOf(clusters),
    edgeRole: edgeRole(clusters),
    addresses: addressesOf(clusters),
    dhcp: dhcpOf(clusters),
    ...(schema !== undefined && { apiSchemaFile: schema }),
    ...(crds !== undefined && { crdFolder: crds }),
  };
}

/** addressesOf all that a file's clusters may ask for: machines and their API. */
function addressesOf(clusters: readonly Cluster[]): string[] {
  const all = clusters.flatMap((cluster) => [cluster.api, ...machinesOf(cluster)]);
  return [...new Set(all.map(({ address }) => address))];
}

/** edgesOf a file's clusters, the proxies in front by their addresses. */
function edgesOf(clusters: readonly Cluster[]): string[] {
  return [...new Set(clusters.flatMap(({ edge }) => edge?.address ?? []))];
}

/** edgeRole of the login at them: no permission but an administrator's role lets the default site be set. */
export function edgeRole(clusters: readonly Cluster[]): "user" | "admin" {
  return clusters.some(({ edge }) => edge?.defaultSite !== undefined) ? "admin" : "user";
}

/** dhcpOf the site's router: a few addresses at the end of the node network that nothing in the file has. */
function dhcpOf(clusters: readonly Cluster[]): LabOptions["dhcp"] {
  const [first] = clusters;
  if (first === undefined) throw new Error("a cluster file without clusters passed the rules");
  const { nodes, gateway, dns } = first.network;
  const taken = new Set<string>([
    ...addressesOf(clusters),
    ...edgesOf(clusters),
    ...clusters.flatMap(({ network, proxmox, loadBalancer }) => [
      ...loadBalancer.pools.flatMap(({ reserved }) => reserved),
      network.gateway,
      ...network.dns,
      ...proxmox.hosts.map((host) => host.address),
    ]),
  ]);
  const pools = clusters.flatMap(({ loadBalancer }) => loadBalancer.pools);
  const ranges = pools.flatMap(({ addresses }) => addresses);
  return {
    addresses: lastOf(nodes)
      .filter(
        (address) => !taken.has(printIpv4(address)) && !ranges.some((range) => contains(range, address)),
      )
      .map(printIpv4),
    prefix: nodes.prefix,
    gateway,
    nameservers: dns,
  };
}

/** referenceData for tests, where it is at hand. */
function referenceData(...path: readonly string[]): string | undefined {
  const data = process.env["SLIPWAY_REFERENCE_DATA"] ?? join(__dirname, "..", "..", "..", "shared", "data");
  const place = join(data, ...path);
  return existsSync(place) ? place : undefined;
}

/** lastOf a network's addresses, at most 128, without its broadcast address. */
function lastOf({ first, last }: NodeNetwork["nodes"]): number[] {
  const begin = Math.max(first + 1, last - 128);
  return Array.from({ length: Math.max(0, last - begin) }, (_, index) => begin + index);
}
