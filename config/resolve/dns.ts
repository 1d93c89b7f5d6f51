import type { Draft } from "../draft";
import type { DraftRoute } from "../draft/routes";
import type { ClusterDns } from "../model/cluster-dns";
import type { Ipv4 } from "../network";

/**
 * clusterDnsOf what the file says and, unless it says no, what follows from the routes: inside, a host resolves to where
 * the same scheme and certificate are served. What the file says itself wins. Without `dns` RKE2's own stays as it is,
 * and a new route touches nothing that others share.
 */
export function clusterDnsOf({ input, routes }: Draft): ClusterDns | undefined {
  const { dns, network } = input;
  if (dns === undefined) return undefined;
  const horizon = dns.routes === false ? [] : splitHorizon(input, routes);
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

/** splitHorizon: hosts and their address, of routes on one host the first one's. */
function splitHorizon(
  { ingress, edge }: Draft["input"],
  routes: readonly DraftRoute[],
): [host: string, address: Ipv4][] {
  if (ingress === undefined) return [];
  const addressOf = ({ input }: DraftRoute): Ipv4 => {
    const opened = "passthrough" in input || input.tls !== undefined;
    const proxy = edge?.nginxProxyManager.address;
    return opened || input.edge === undefined || proxy === undefined ? ingress.address : proxy;
  };
  const entries = routes.flatMap((route) =>
    route.hosts.map((host): [string, Ipv4] => [host, addressOf(route)]),
  );
  return [...new Map(entries.reverse())].reverse();
}

function isWildcard(host: string): boolean {
  return host.startsWith("*.");
}
