import type { Draft } from "./draft";
import { contains, ipv4Number, isIpv4, overlaps, printIpv4, printRange, sizeOf } from "./network";
import type { Ipv4, Ipv4Range } from "./network";
import type { Place } from "./problem";

/** Claim is one part's hold on an address, or on a range of them. */
export interface Claim extends Ipv4Range {
  readonly part: Part;
  /** owner as a sentence names it: `server-1`, `the API`. */
  readonly owner: string;
  readonly place: Place;
  readonly draft: Draft;
}

/** Part, the harder to move the later. */
export type Part = "node" | "api" | "load balancer" | "edge" | "host" | "endpoint" | "dns" | "gateway";

const parts: readonly Part[] = ["node", "api", "load balancer", "edge", "host", "endpoint", "dns", "gateway"];

export function claimsOf(draft: Draft): Claim[] {
  const { input, at } = draft;
  const claim = (part: Part, owner: string, range: Ipv4Range, ...keys: string[]): Claim => ({
    part,
    owner,
    first: range.first,
    last: range.last,
    place: at(...keys),
    draft,
  });
  const endpoint = new URL(input.proxmox.endpoint).hostname;
  return [
    ...(isIpv4(endpoint)
      ? [claim("endpoint", "the Proxmox API", single(endpoint), "proxmox", "endpoint")]
      : []),
    ...Object.entries(input.proxmox.hosts).map(([name, host]) =>
      claim("host", `host ${name}`, single(host.address), "proxmox", "hosts", name, "address"),
    ),
    claim("gateway", "the gateway", single(input.network.gateway), "network", "gateway"),
    ...input.network.dns.map((dns) => claim("dns", `DNS server ${dns}`, single(dns), "network", "dns")),
    ...draft.machines.map((node) =>
      claim("node", node.name, { first: node.address, last: node.address }, ...node.keys, "first"),
    ),
    ...(input.api.through === "first-server"
      ? []
      : [claim("api", "the API", single(input.api.address), "api", "address")]),
    ...draft.addressPools.flatMap(({ name, pool, keys }) => {
      const owner = keys.length === 1 ? "the load balancer" : `the load balancer's pool ${name}`;
      return pool.addresses.map((range) => claim("load balancer", owner, range, ...keys, "addresses"));
    }),
    ...(input.edge === undefined
      ? []
      : [
          claim(
            "edge",
            "the edge proxy",
            single(input.edge.nginxProxyManager.address),
            ...["edge", "nginxProxyManager", "address"],
          ),
        ]),
  ];
}

/** ours: what this program places, and could place elsewhere. */
export const ours: readonly Part[] = ["node", "api", "load balancer"];

/** movable: which of two is the easier to move; among equals the later one. */
export function movable(a: Claim, b: Claim): [easier: Claim, harder: Claim] {
  return parts.indexOf(a.part) < parts.indexOf(b.part) ? [a, b] : [b, a];
}

/** moveTo says how to move what a claim stands for: a pool by its `first`, a range whole, what exists not at all. */
export function moveTo(drafts: readonly Draft[], claim: Claim): string {
  const { part, place, draft, owner } = claim;
  const keys = place.keys.join(".");
  if (!ours.includes(part)) return `write the address that ${owner} really has in ${keys}`;
  const pool = draft.machines.filter((node) => samePlace(place, draft.at(...node.keys, "first")));
  const size = part === "node" ? Math.max(...pool.map(({ number }) => number)) : sizeOf(claim);
  const from = pool[0] === undefined ? claim.first : ipv4Number(pool[0].pool.first);
  const first = freeBlock(drafts, { ...claim, first: from }, size);
  if (first === undefined) return `free ${size} addresses side by side in network.nodes for ${keys}`;
  if (part !== "load balancer") return `set ${keys} to "${printIpv4(first)}"`;
  return `write "${printRange({ first, last: first + size - 1 })}" for "${printRange(claim)}" in ${keys}`;
}

/** freeBlock: the nearest addresses side by side that nothing claims but what is to be moved; upwards, else downwards. */
function freeBlock(drafts: readonly Draft[], moved: Claim, size: number): number | undefined {
  const { nodes, dhcp } = moved.draft.input.network;
  const others = drafts.flatMap(claimsOf).filter(({ place }) => !samePlace(place, moved.place));
  const ends = [nodes.first, nodes.last].map((end) => ({ first: end, last: end }));
  const taken: Ipv4Range[] = [...others, ...ends, ...(dhcp === undefined ? [] : [dhcp])];
  const search = (past: (obstacle: Ipv4Range) => number): number | undefined => {
    let first = Math.min(nodes.first + (moved.first % sizeOf(nodes)), nodes.last - size);
    while (contains(nodes, { first, last: first + size - 1 })) {
      const block = { first, last: first + size - 1 };
      const obstacle = taken.find((range) => overlaps(range, block));
      if (obstacle === undefined) return first;
      first = past(obstacle);
    }
    return undefined;
  };
  return search((obstacle) => obstacle.last + 1) ?? search((obstacle) => obstacle.first - size);
}

/** byPlace: claims that one edit moves together. */
export function byPlace(claims: readonly Claim[]): [Claim, ...Claim[]][] {
  const groups = new Map<string, [Claim, ...Claim[]]>();
  for (const claim of claims) {
    const key = JSON.stringify([claim.place.cluster, claim.place.keys]);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [claim]);
    else group.push(claim);
  }
  return [...groups.values()];
}

export function ownersOf(claims: readonly [Claim, ...Claim[]]): string {
  const last = claims.at(-1) ?? claims[0];
  return last.owner === claims[0].owner ? last.owner : `${claims[0].owner} to ${last.owner}`;
}

/** said: an address in words; a pool that is too long may run past the last there is. */
export function said(address: number): string {
  return address < 2 ** 32 ? printIpv4(address) : "an address past 255.255.255.255";
}

export function samePlace(a: Place, b: Place): boolean {
  return a.cluster === b.cluster && a.keys.join("\n") === b.keys.join("\n");
}

function single(address: Ipv4): Ipv4Range {
  return { first: ipv4Number(address), last: ipv4Number(address) };
}
