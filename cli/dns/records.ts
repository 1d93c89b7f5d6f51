import type { Cluster } from "../../config/model";
import { insideOnly, splitHorizon, throughEdge } from "../../config/split-horizon";

export const views = ["outside", "inside"] as const;
export type View = (typeof views)[number];

/** DnsRecord leads a name to an address; `*.test.com` is every name below test.com. */
export interface DnsRecord {
  readonly name: string;
  readonly address: string;
}

/** Zone is what one cluster's routes need of DNS, and what an operator has to know besides. */
export interface Zone {
  readonly notes: readonly string[];
  readonly records: readonly DnsRecord[];
}

/** zoneOf a cluster. Outside, names lead to `addresses`, which only the operator knows; none = the edge's own. */
export function zoneOf(cluster: Cluster, view: View, addresses: readonly string[]): Zone {
  return view === "inside" ? insideZone(cluster) : outsideZone(cluster, addresses);
}

/** insideZone: a name leads to where its scheme and certificate are served. */
function insideZone(cluster: Cluster): Zone {
  const records = splitHorizon(cluster).map(([name, address]) => ({ name, address }));
  return {
    notes: [
      `${cluster.name}, seen from inside: a name leads to the ingress where that ends TLS for it, or no edge has it; else to the edge.`,
      ...withoutEdge(cluster),
    ],
    records,
  };
}

function outsideZone(cluster: Cluster, addresses: readonly string[]): Zone {
  const { name, edge } = cluster;
  if (edge === undefined) {
    return {
      notes: [`${name} has no edge: nothing leads to it from outside.`, ...withoutEdge(cluster)],
      records: [],
    };
  }
  const known = addresses.length > 0;
  const to = known ? addresses : [edge.address];
  return {
    notes: [
      `${name}, seen from outside: names that the edge at ${edge.address} serves.`,
      ...(known
        ? []
        : [
            "The address is the edge's own, right for a LAN or a VPN. For the Internet: --address <the router's public address>",
          ]),
      `The router must forward to ${edge.address}: ${ports(edge).join(", ")}.`,
      ...withoutEdge(cluster),
    ],
    records: throughEdge(cluster).flatMap((host) => to.map((address) => ({ name: host, address }))),
  };
}

/** ports of the proxy: those of HTTP and HTTPS, and of its streams. */
function ports({ streams }: NonNullable<Cluster["edge"]>): string[] {
  const streamed = streams.flatMap(({ name, port, transports }) =>
    transports.map((transport) => `${transport} ${port} (stream ${name})`),
  );
  return ["TCP 80", "TCP 443", ...streamed];
}

function withoutEdge(cluster: Cluster): string[] {
  const hosts = insideOnly(cluster);
  return hosts.length === 0 ? [] : [`Reachable inside only, for they have no edge: ${hosts.join(", ")}.`];
}
