import { byPlace, claimsOf, movable, moveTo, ours, samePlace } from "../claims";
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
  return [...byRemedy(pairs).map((alike) => clash(drafts, alike)), ...ingressTwice(drafts)];
}

type Pair = readonly [easier: Claim, harder: Claim];

function clash(drafts: readonly Draft[], alike: readonly [Pair, ...Pair[]]): Problem {
  const [[easier]] = alike;
  const others = byPlace(alike.map(([, harder]) => harder)).map(([{ place }]) => place);
  const more = alike.length > 3 ? ` and ${alike.length - 3} more like it` : "";
  return error(codeOf(alike[0]), [easier.place, ...others], {
    found: `${alike.slice(0, 3).map(sharedBy).join(", ")}${more}`,
    why: reasons[codeOf(alike[0])],
    fix: moveTo(drafts, easier),
  });
}

const reasons = {
  "addresses/load-balancers-overlap":
    "each range is given out on its own, so two Services would get one address",
  "addresses/in-load-balancer":
    "the load balancer may give it to a Service, and then two machines answer for it",
  "addresses/twice": "two machines would answer for one address",
};

function codeOf([a, b]: Pair): keyof typeof reasons {
  const balancers = [a, b].filter(({ part }) => part === "load balancer").length;
  if (balancers === 2) return "addresses/load-balancers-overlap";
  return balancers === 1 ? "addresses/in-load-balancer" : "addresses/twice";
}

function sharedBy([a, b]: Pair): string {
  const shared = { first: Math.max(a.first, b.first), last: Math.min(a.last, b.last) };
  const of = ({ owner, draft }: Claim) => (a.draft === b.draft ? owner : `${owner} of ${draft.input.name}`);
  return `${printRange(shared)} for ${of(a)} and ${of(b)}`;
}

/** conflict: two holds on one address that cannot both be meant. */
function conflict(a: Claim, b: Claim): boolean {
  const parts = [a.part, b.part];
  if (parts.some((part) => ours.includes(part))) return true;
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

/** byRemedy: what one edit settles is one problem. */
function byRemedy(pairs: readonly Pair[]): [Pair, ...Pair[]][] {
  const groups: [Pair, ...Pair[]][] = [];
  for (const pair of pairs) {
    const group = groups.find(
      ([one]) => samePlace(one[0].place, pair[0].place) && codeOf(one) === codeOf(pair),
    );
    if (group === undefined) groups.push([pair]);
    else group.push(pair);
  }
  return groups;
}
