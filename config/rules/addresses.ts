import { byPlace, claimsOf, moveTo, ownersOf, said } from "../claims";
import type { Draft } from "../draft";
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
  const own = claimsOf(draft).filter(
    ({ part }) => part === "api" || part === "node" || part === "load balancer",
  );
  return byPlace(own.filter((claim) => !contains(nodes, claim))).map((claims) => {
    const [claim] = claims;
    const last = claims.at(-1)?.last ?? claim.last;
    return error("addresses/outside-network", [claim.place, draft.at("network", "nodes")], {
      found: `${said(claim.first)}${last === claim.first ? "" : ` to ${said(last)}`} for ${ownersOf(claims)}`,
      why: `${nodes.cidr} goes from ${printIpv4(nodes.first)} to ${printIpv4(nodes.last)}`,
      fix: moveTo(drafts, claim),
    });
  });
}

function reserved(draft: Draft, drafts: readonly Draft[]): Problem[] {
  const { nodes } = draft.input.network;
  const ends = [
    { code: "addresses/network-address", address: nodes.first, why: `is the name of ${nodes.cidr} itself` },
    {
      code: "addresses/broadcast-address",
      address: nodes.last,
      why: `reaches every machine of ${nodes.cidr} at once`,
    },
  ];
  return ends.flatMap(({ code, address, why }) =>
    byPlace(claimsOf(draft).filter((claim) => nodes.prefix < 31 && contains(claim, address))).map(([claim]) =>
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
      fix: moveTo(drafts, claims[0]),
    }),
  );
}

function ingressOutside(draft: Draft): Problem[] {
  const { ingress, loadBalancer } = draft.input;
  const inside = (address: number) => loadBalancer.addresses.some((range) => contains(range, address));
  if (ingress === undefined || inside(ipv4Number(ingress.address))) return [];
  const places = [draft.at("ingress", "address"), draft.at("loadBalancer", "addresses")] as const;
  return [
    error("addresses/ingress-outside-load-balancer", [...places], {
      found: `"${ingress.address}"`,
      why: `the load balancer gives out ${loadBalancer.addresses.map(printRange).join(", ")} and nothing else`,
      fix: `set ingress.address to "${printIpv4(Math.min(...loadBalancer.addresses.map(({ first }) => first)))}"`,
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
