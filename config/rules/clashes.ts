import { claimsOf, movable, moveTo, samePlace } from "../claims";
import type { Claim } from "../claims";
import type { Draft } from "../draft";
import { ipv4Number, overlapping, printIpv4, printRange } from "../network";
import { error } from "../problem";
import type { Problem } from "../problem";

/** clashes: no address has two owners, in one cluster or in several. */
export function clashes(drafts: readonly Draft[]): Problem[] {
  const pairs = overlapping(drafts.flatMap(claimsOf))
    .filter(([a, b]) => conflict(a, b))
    .map(([a, b]) => movable(a, b));
  return [...byBothPlaces(pairs).map((alike) => clash(drafts, alike)), ...ingressTwice(drafts)];
}

type Pair = readonly [Claim, Claim];

function clash(drafts: readonly Draft[], alike: readonly [Pair, ...Pair[]]): Problem {
  const [[easier, harder]] = alike;
  const shared = { first: Math.max(easier.first, harder.first), last: Math.min(easier.last, harder.last) };
  const more = alike.length > 1 ? `, and ${alike.length - 1} more like it` : "";
  const words = {
    found: `${printRange(shared)} for ${easier.owner} and ${harder.owner}${more}`,
    fix: moveTo(drafts, easier),
  };
  const places: Problem["places"] = [easier.place, harder.place];
  if (easier.part === "load balancer" && harder.part === "load balancer") {
    const why = "an address can be given to one Service only, and each range is given out on its own";
    return error("addresses/load-balancers-overlap", places, { ...words, why });
  }
  if (easier.part === "load balancer" || harder.part === "load balancer") {
    const why = "the load balancer may give this address to a Service, and then two machines answer for it";
    return error("addresses/in-load-balancer", places, { ...words, why });
  }
  return error("addresses/twice", places, { ...words, why: "two machines would answer for one address" });
}

/** conflict: two holds on one address that cannot both be meant. */
function conflict(a: Claim, b: Claim): boolean {
  const parts = [a.part, b.part];
  const ours = parts.some((part) => part === "node" || part === "api" || part === "load balancer");
  if (ours) return true;
  if (a.draft !== b.draft) return false;
  return (
    parts.every((part) => part === "host" || part === "edge") ||
    (parts.includes("gateway") && parts.includes("host"))
  );
}

function ingressTwice(drafts: readonly Draft[]): Problem[] {
  const asked = drafts.flatMap((draft) =>
    draft.input.ingress === undefined ? [] : [{ draft, address: ipv4Number(draft.input.ingress.address) }],
  );
  const claims = asked.map(({ draft, address }) => ({ draft, first: address, last: address }));
  return overlapping(claims).map(([one, other]) =>
    error(
      "addresses/ingress-twice",
      [other.draft.at("ingress", "address"), one.draft.at("ingress", "address")],
      {
        found: `${printIpv4(one.first)} for ${other.draft.input.name} and ${one.draft.input.name}`,
        why: "the ingress controllers of two clusters would both answer for it",
        fix: `give ${other.draft.input.name} its own address and range in loadBalancer.addresses`,
      },
    ),
  );
}

function byBothPlaces(pairs: readonly Pair[]): [Pair, ...Pair[]][] {
  const groups: [Pair, ...Pair[]][] = [];
  for (const pair of pairs) {
    const group = groups.find(
      ([[a, b]]) => samePlace(a.place, pair[0].place) && samePlace(b.place, pair[1].place),
    );
    if (group === undefined) groups.push([pair]);
    else group.push(pair);
  }
  return groups;
}
