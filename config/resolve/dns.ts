import type { Draft } from "../draft";
import type { DraftRoute } from "../draft/routes";
import type { ClusterDns } from "../model/cluster-dns";
import type { Ipv4 } from "../network";

/**
 * clusterDnsOf what the file says and, unless it says no, what follows from the routes: inside, a host resolves to where
 * the same scheme and certificate are served. What the file says itself wins. Without `dns` RKE2's own stays as it is,
 * and a new route touches nothing that others share.
 */
export function clusterDnsOf(draft: Draft): ClusterDns | undefined {
  const { dns, network } = draft.input;
  if (dns === undefined) return undefined;
  const horizon = dns.routes === false ? [] : splitHorizon(draft);
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

/** splitHorizon: hosts and their address, of routes on one host the first one's; redirections are the proxy's alone. */
function splitHorizon({ input, routes, edge }: Draft): [host: string, address: Ipv4][] {
  const proxy = input.edge?.nginxProxyManager.address;
  const entries = [
    ...routes.flatMap((route) => pairs(route.hosts, addressInside(route, input.ingress?.address, proxy))),
    ...(edge?.redirections ?? []).flatMap(({ hosts }) => pairs(hosts, proxy)),
    ...(edge?.notFound ?? []).flatMap(({ hosts }) => pairs(hosts, proxy)),
  ];
  return [...new Map(entries.reverse())].reverse();
}

function addressInside(
  { input }: DraftRoute,
  ingress: Ipv4 | undefined,
  proxy: Ipv4 | undefined,
): Ipv4 | undefined {
  const opened = "passthrough" in input || input.tls !== undefined;
  return opened || input.edge === undefined ? ingress : (proxy ?? ingress);
}

function pairs(hosts: readonly string[], address: Ipv4 | undefined): [host: string, address: Ipv4][] {
  return address === undefined ? [] : hosts.map((host) => [host, address]);
}

function isWildcard(host: string): boolean {
  return host.startsWith("*.");
}
