import type { Cluster } from "./model";
import type { Ipv4 } from "./network";

/** Served is what a cluster's names follow from. */
export type Served = Pick<Cluster, "ingress" | "routes" | "edge">;

/** splitHorizon: hosts and their address inside, of routes on one host the first one's; redirections are the proxy's alone. */
export function splitHorizon({ ingress, routes, edge }: Served): [host: string, address: Ipv4][] {
  const entries = [
    ...routes.flatMap(({ hosts, tls, passthrough, edge: wanted }) => {
      const opened = tls !== undefined || passthrough !== undefined;
      return pairs(
        hosts,
        opened || wanted === undefined ? ingress?.address : (edge?.address ?? ingress?.address),
      );
    }),
    ...edgeOnly(edge).map(({ host, address }): [string, Ipv4] => [host, address]),
  ];
  return [...new Map(entries.reverse())].reverse();
}

/** throughEdge: hosts that the proxy in front serves, in the order of the file. */
export function throughEdge({ routes, edge }: Served): string[] {
  if (edge === undefined) return [];
  const served = routes.flatMap((route) => (route.edge === undefined ? [] : route.hosts));
  return [...new Set([...served, ...edgeOnly(edge).map(({ host }) => host)])];
}

/** insideOnly: hosts of routes that no proxy in front leads to; one that it answers 404 itself is among them. */
export function insideOnly({ routes }: Served): string[] {
  const hostsOf = (some: Served["routes"]) => new Set(some.flatMap((route) => route.hosts));
  const outside = hostsOf(routes.filter((route) => route.edge !== undefined));
  return [...hostsOf(routes)].filter((host) => !outside.has(host));
}

/** edgeOnly: hosts that the proxy answers by itself. */
function edgeOnly(edge: Served["edge"]): { host: string; address: Ipv4 }[] {
  if (edge === undefined) return [];
  return [...edge.redirections, ...edge.notFound].flatMap(({ hosts }) =>
    hosts.map((host) => ({ host, address: edge.address })),
  );
}

function pairs(hosts: readonly string[], address: Ipv4 | undefined): [host: string, address: Ipv4][] {
  return address === undefined ? [] : hosts.map((host) => [host, address]);
}
