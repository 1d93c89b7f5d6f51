import type { Draft } from "../draft";
import type { ClusterDns } from "../model/cluster-dns";
import { type Served, splitHorizon } from "../split-horizon";

/**
 * clusterDnsOf what the file says and, unless it says no, what follows from the routes: inside, a host resolves to where
 * the same scheme and certificate are served. What the file says itself wins. Without `dns` RKE2's own stays as it is,
 * and a new route touches nothing that others share.
 */
export function clusterDnsOf({ input }: Draft, served: Served): ClusterDns | undefined {
  const { dns, network } = input;
  if (dns === undefined) return undefined;
  const horizon = dns.routes === false ? [] : splitHorizon(served);
  return {
    forward: dns.forward ?? [],
    hosts: { ...Object.fromEntries(horizon.filter(([host]) => !isWildcard(host))), ...dns.hosts },
    rewrites: dns.rewrite ?? {},
    zones: dns.zones ?? {},
    wildcards: Object.fromEntries(
      horizon.filter(([host]) => isWildcard(host)).map(([host, address]) => [host.slice(2), address]),
    ),
    reverse: [network.pods, network.services],
  };
}

function isWildcard(host: string): boolean {
  return host.startsWith("*.");
}
