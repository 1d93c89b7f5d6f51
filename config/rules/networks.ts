import { claimsOf } from "../claims";
import type { Draft } from "../draft";
import { contains, ipv4Number, overlapping, overlaps, printIpv4, printRange, sizeOf } from "../network";
import type { Ipv4Network } from "../network";
import { error, warning } from "../problem";
import type { Place, Problem } from "../problem";

/** networks: nodes, pods and services each have a range of their own, large enough for what it holds. */
export function networks(drafts: readonly Draft[]): Problem[] {
  return [
    ...overlap(drafts),
    ...drafts.flatMap((draft) => [
      ...insideCluster(draft),
      ...podsTooSmall(draft),
      ...servicesSize(draft),
      ...gatewayOutside(draft),
      ...noDns(draft),
      ...dhcpOutside(draft),
    ]),
  ];
}

interface Named extends Ipv4Network {
  readonly kind: "nodes" | "pods" | "services";
  readonly place: Place;
  readonly draft: Draft;
}

function overlap(drafts: readonly Draft[]): Problem[] {
  const all = drafts.flatMap((draft) =>
    (["nodes", "pods", "services"] as const).map((kind): Named => {
      return { ...draft.input.network[kind], kind, place: draft.at("network", kind), draft };
    }),
  );
  const sameSegment = (a: Named, b: Named) => a.kind === "nodes" && b.kind === "nodes" && a.cidr === b.cidr;
  return overlapping(all)
    .filter(([a, b]) => a.draft === b.draft || !sameSegment(a, b))
    .map(([a, b]) => {
      const inner = a.kind !== "nodes" && b.kind !== "nodes" && a.draft !== b.draft;
      return error(inner ? "networks/overlap-across-clusters" : "networks/overlap", [b.place, a.place], {
        found: `${b.cidr} and ${a.cidr} share ${printRange({ first: Math.max(a.first, b.first), last: Math.min(a.last, b.last) })}`,
        why: inner
          ? "the two clusters could never be routed to each other, and logs would not tell their addresses apart"
          : "a packet for a shared address would go to one of the two networks, and never reach the other",
        fix: `set ${b.place.keys.join(".")} to ${suggestion(all, b)}`,
      });
    });
}

/** suggestion: a private network of the same size that nothing in the file overlaps. */
function suggestion(taken: readonly Named[], network: Named): string {
  if (network.kind === "nodes") return "the network that the machines are really in, or renumber the other";
  const size = sizeOf(network);
  const privateNetworks = [
    { first: ipv4Number(printIpv4(172 * 2 ** 24 + 16 * 2 ** 16)), last: 172 * 2 ** 24 + 32 * 2 ** 16 - 1 },
    { first: 10 * 2 ** 24, last: 11 * 2 ** 24 - 1 },
  ];
  for (const outer of privateNetworks) {
    for (let first = outer.last + 1 - size; first >= outer.first; first -= size) {
      const candidate = { first, last: first + size - 1 };
      if (!taken.some((other) => overlaps(other, candidate)))
        return `"${printIpv4(first)}/${network.prefix}"`;
    }
  }
  return "a range that nothing else uses";
}

function insideCluster(draft: Draft): Problem[] {
  const { nodes, pods, services } = draft.input.network;
  return (["pods", "services"] as const).flatMap((kind) =>
    claimsOf(draft)
      .filter(({ part }) => ["host", "endpoint", "dns", "edge"].includes(part))
      .filter((claim) => overlaps(claim, kind === "pods" ? pods : services) && !contains(nodes, claim))
      .map((claim) =>
        error("networks/address-inside", [draft.at("network", kind), claim.place], {
          found: `${draft.input.network[kind].cidr} holds ${printIpv4(claim.first)}, the address of ${claim.owner}`,
          why: "inside the cluster that address would mean a pod or a Service, so nodes could not reach it",
          fix: `choose another range for network.${kind}`,
        }),
      ),
  );
}

/** A node gets a /24 of the pods' range (rke2-docs: docs/networking/basic_network_options.md). */
function podsTooSmall(draft: Draft): Problem[] {
  const { pods } = draft.input.network;
  const room = Math.floor(sizeOf(pods) / 256);
  const needed = draft.nodes.length;
  if (needed <= room) return [];
  const prefix = 24 - Math.ceil(Math.log2(needed));
  return [
    error("networks/pods-too-small", [draft.at("network", "pods")], {
      found: `${pods.cidr} has room for ${room} node${room === 1 ? "" : "s"}, and there are ${needed}`,
      why: "each node takes a /24 of it for its pods",
      fix: `make it a /${Math.min(prefix, 16)}; it cannot grow after the first deploy, so leave room`,
    }),
  ];
}

/** Kubernetes takes at most 2^20 Service addresses (kubernetes: cmd/kube-apiserver/app/options/validation.go). */
function servicesSize(draft: Draft): Problem[] {
  const { services } = draft.input.network;
  if (contains(services, services.first + 10) && services.prefix >= 12) return [];
  const small = services.prefix >= 12;
  return [
    error(
      small ? "networks/services-too-small" : "networks/services-too-large",
      [draft.at("network", "services")],
      {
        found: `"${services.cidr}"`,
        why: small
          ? "its tenth address answers the cluster's DNS, and it has no tenth address"
          : "kube-apiserver takes a /12 at most and would not start",
        fix: "make it a /16",
      },
    ),
  ];
}

function gatewayOutside(draft: Draft): Problem[] {
  const { gateway, nodes } = draft.input.network;
  if (contains(nodes, ipv4Number(gateway))) return [];
  return [
    error("networks/gateway-outside", [draft.at("network", "gateway"), draft.at("network", "nodes")], {
      found: `"${gateway}"`,
      why: `machines in ${nodes.cidr} reach their gateway without a router, or not at all`,
      fix: `write the router's address in ${nodes.cidr}, often ${printIpv4(nodes.first + 1)}`,
    }),
  ];
}

function noDns(draft: Draft): Problem[] {
  if (draft.input.network.dns.length > 0) return [];
  return [
    error("networks/no-dns", [draft.at("network", "dns")], {
      found: "[]",
      why: "machines have no DHCP to learn a DNS server from, and could download nothing",
      fix: `set network.dns to ["${draft.input.network.gateway}"] if the router answers DNS`,
    }),
  ];
}

function dhcpOutside(draft: Draft): Problem[] {
  const { dhcp, nodes } = draft.input.network;
  if (dhcp === undefined || contains(nodes, dhcp)) return [];
  return [
    warning("networks/dhcp-outside", [draft.at("network", "dhcp"), draft.at("network", "nodes")], {
      found: printRange(dhcp),
      why: `a router hands out addresses of its own network, which is ${nodes.cidr}`,
      fix: "copy the range from the router's settings, or leave dhcp out",
    }),
  ];
}
