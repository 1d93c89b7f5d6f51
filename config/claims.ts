import type { Draft } from "./draft";
import { ipv4Number, isIpv4, overlaps, printIpv4, sizeOf } from "./network";
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
    ...draft.nodes.map((node) =>
      claim("node", node.name, { first: node.address, last: node.address }, ...node.keys, "first"),
    ),
    ...(input.api.through === "first-server"
      ? []
      : [claim("api", "the API", single(input.api.address), "api", "address")]),
    ...input.loadBalancer.addresses.map((range) =>
      claim("load balancer", "the load balancer", range, "loadBalancer", "addresses"),
    ),
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

/** movable: which of two is the easier to move; among equals the later one. */
export function movable(a: Claim, b: Claim): [easier: Claim, harder: Claim] {
  return parts.indexOf(a.part) < parts.indexOf(b.part) ? [a, b] : [b, a];
}

/** freeBlock finds as many addresses side by side that nothing claims, leaving aside what is to be moved. */
export function freeBlock(
  drafts: readonly Draft[],
  draft: Draft,
  size: number,
  moved: Place,
): Ipv4 | undefined {
  const { nodes, dhcp } = draft.input.network;
  const others = drafts.flatMap(claimsOf).filter(({ place }) => !samePlace(place, moved));
  const taken: Ipv4Range[] = [...others, ...(dhcp === undefined ? [] : [dhcp])];
  let first = nodes.first + 1;
  while (first + size - 1 < nodes.last) {
    const block = { first, last: first + size - 1 };
    const obstacle = taken.find((range) => overlaps(range, block));
    if (obstacle === undefined) return printIpv4(first);
    first = obstacle.last + 1;
  }
  return undefined;
}

/** moveTo says how to move what stands at a place: a pool by its `first`, a range whole. */
export function moveTo(drafts: readonly Draft[], claim: Claim): string {
  const { place, draft } = claim;
  const pool = draft.nodes.filter((node) => samePlace(place, draft.at(...node.keys, "first")));
  const size = claim.part === "node" ? Math.max(...pool.map(({ number }) => number)) : sizeOf(claim);
  const first = freeBlock(drafts, draft, size, place);
  const keys = place.keys.join(".");
  if (first === undefined) return `free ${size} addresses side by side in network.nodes for ${keys}`;
  const last = printIpv4(ipv4Number(first) + size - 1);
  return `set ${keys} to "${claim.part === "load balancer" ? `${first}-${last}` : first}"`;
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
