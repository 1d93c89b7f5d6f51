import { byPlace, claimsOf, moveTo, ours, ownersOf, said, samePlace } from "../claims";
import type { Claim } from "../claims";
import type { Draft } from "../draft";
import { poolWith } from "../draft/load-balancer";
import { contains, ipv4Number, overlaps, printIpv4, printRange } from "../network";
import { error } from "../problem";
import type { Problem } from "../problem";

/** addresses: each part stands inside the node network and clear of what the network keeps for itself. */
export function addresses(drafts: readonly Draft[]): Problem[] {
  return drafts.flatMap((draft) => [
    ...outsideNetwork(draft, drafts),
    ...reserved(draft, drafts),
    ...inDhcp(draft, drafts),
    ...ingressOutside(draft),
    ...firstServerElsewhere(draft),
  ]);
}

function outsideNetwork(draft: Draft, drafts: readonly Draft[]): Problem[] {
  const { nodes } = draft.input.network;
  const own = claimsOf(draft).filter(({ part }) => ours.includes(part));
  return byPlace(own.filter((claim) => !contains(nodes, claim))).map((claims) => {
    const [claim] = claims;
    const pool = draft.pools.find(({ keys }) => samePlace(claim.place, draft.at(...keys, "first")));
    const words = { why: `${nodes.cidr} goes from ${printIpv4(nodes.first)} to ${printIpv4(nodes.last)}` };
    const inside = draft.machines.filter(
      (node) => node.poolName === pool?.name && node.address < nodes.last,
    ).length;
    if (pool !== undefined && inside > 0 && contains(nodes, ipv4Number(pool.pool.first))) {
      return error(
        "addresses/outside-network",
        [draft.at(...pool.keys, "count"), draft.at("network", "nodes")],
        {
          found: `${pool.pool.count} machines need ${pool.pool.first} to ${said(claims.at(-1)?.last ?? claim.last)}`,
          ...words,
          fix: `set ${pool.keys.join(".")}.count to ${inside}, or ${moveTo(drafts, claim)}`,
        },
      );
    }
    return error("addresses/outside-network", [claim.place, draft.at("network", "nodes")], {
      found: `${said(claim.first)} for ${ownersOf(claims)}`,
      ...words,
      fix: moveTo(drafts, claim),
    });
  });
}

function reserved(draft: Draft, drafts: readonly Draft[]): Problem[] {
  const { nodes } = draft.input.network;
  if (nodes.prefix >= 31) return [];
  const ends = [
    { code: "addresses/network-address", address: nodes.first, why: `is the name of ${nodes.cidr} itself` },
    {
      code: "addresses/broadcast-address",
      address: nodes.last,
      why: `reaches every machine of ${nodes.cidr} at once`,
    },
  ];
  const claims = claimsOf(draft);
  const leaves = ({ place }: Claim) =>
    claims.some((claim) => samePlace(claim.place, place) && !contains(nodes, claim));
  return ends.flatMap(({ code, address, why }) =>
    byPlace(claims.filter((claim) => contains(claim, address) && !leaves(claim))).map(([claim]) =>
      error(code, [claim.place, draft.at("network", "nodes")], {
        found: `${printIpv4(address)} for ${claim.owner}`,
        why: `${printIpv4(address)} ${why}`,
        fix: moveTo(drafts, claim),
      }),
    ),
  );
}

function inDhcp(draft: Draft, drafts: readonly Draft[]): Problem[] {
  const { dhcp } = draft.input.network;
  if (dhcp === undefined) return [];
  return byPlace(claimsOf(draft).filter((claim) => overlaps(claim, dhcp))).map((claims) =>
    error("addresses/in-dhcp", [claims[0].place, draft.at("network", "dhcp")], {
      found: `${printRange(claims[0])} for ${ownersOf(claims)}`,
      why: `the router hands out ${printRange(dhcp)} and may give the same address to another machine`,
      fix: ours.includes(claims[0].part)
        ? moveTo(drafts, claims[0])
        : `shorten the range in the router and in network.dhcp, or move ${claims[0].owner} out of it`,
    }),
  );
}

function ingressOutside(draft: Draft): Problem[] {
  const { ingress } = draft.input;
  const ranges = draft.addressPools.flatMap(({ pool }) => pool.addresses);
  if (ingress === undefined || poolWith(draft.addressPools, ingress.address) !== undefined) return [];
  const pools = draft.addressPools.map(({ keys }) => draft.at(...keys, "addresses"));
  return [
    error("addresses/ingress-outside-load-balancer", [draft.at("ingress", "address"), ...pools], {
      found: `"${ingress.address}"`,
      why: `the load balancer gives out ${ranges.map(printRange).join(", ")} and nothing else`,
      fix: `set ingress.address to "${printIpv4(Math.min(...ranges.map(({ first }) => first)))}"`,
    }),
  ];
}

function firstServerElsewhere(draft: Draft): Problem[] {
  const { api } = draft.input;
  const [server] = draft.servers;
  if (api.through !== "first-server" || server === undefined || said(server.address) === api.address)
    return [];
  return [
    error("addresses/api-not-first-server", [draft.at("api", "address"), draft.at("servers", "first")], {
      found: `"${api.address}", and ${server.name} has ${said(server.address)}`,
      why: "through first-server the API answers at that server's own address",
      fix: `set api.address to "${said(server.address)}", or api.through to "kube-vip"`,
    }),
  ];
}
