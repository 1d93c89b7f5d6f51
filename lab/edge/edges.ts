import { join } from "node:path";
import type { Part } from "../engine/part";
import type { Visitor } from "../kubernetes/visitor";
import type { LabEdge } from "./contract";
import { type EdgeOptions, startLabEdge } from "./start-edge";
import { type BehindEdge, edgeVisitor } from "./visitor";

/** Edges are the proxies in front of a site's clusters. */
export interface Edges {
  readonly parts: readonly Part[];
  at(address: string): LabEdge;
  /** visitor of a cluster, through the proxy that a visit names, else straight to the load balancer. */
  visitor(behind: BehindEdge): Visitor;
  defects(): readonly string[];
  /** remains, every host and certificate that is still there. */
  remains(): readonly string[];
  logs(): ReadonlyMap<string, readonly string[]>;
  close(): Promise<void>;
}

export async function startEdges(
  addresses: readonly string[],
  options: Pick<EdgeOptions, "network" | "account" | "scratch">,
): Promise<Edges> {
  const edges = await Promise.all(
    addresses.map((address) =>
      startLabEdge({ ...options, address, scratch: join(options.scratch, `edge-${address}`) }),
    ),
  );
  const at = (address: string): LabEdge => {
    const edge = edges.find((each) => each.address === address);
    if (edge === undefined) throw new Error(`the lab has no proxy at ${address}`);
    return edge;
  };
  return {
    parts: edges[0]?.parts ?? [],
    at,
    visitor: (behind) => ({
      visit(visit, times, atOnce) {
        const visitor =
          visit.through === undefined
            ? behind.kubernetes.visitor(behind.cluster)
            : edgeVisitor(at(visit.through), behind);
        return visitor.visit(visit, times, atOnce);
      },
    }),
    defects: () => edges.flatMap((edge) => edge.defects),
    remains: () => edges.flatMap(remainsOf),
    logs: () => new Map(edges.map((edge) => [`nginx at ${edge.address}`, edge.log()])),
    async close() {
      for (const edge of edges) await edge.close();
    },
  };
}

function remainsOf(edge: LabEdge): string[] {
  const { proxyHosts, redirectionHosts, deadHosts, streams, certificates } = edge.records();
  const hosts = [...proxyHosts, ...redirectionHosts, ...deadHosts].map(({ domain_names: names }) => {
    return `host ${names.join(" ")}`;
  });
  const others = [
    ...streams.map(({ incoming_port: port }) => `stream ${port}`),
    ...certificates.map(({ name }) => `certificate ${name}`),
  ];
  return [...hosts, ...others].map((what) => `${what} in the proxy at ${edge.address}`);
}
