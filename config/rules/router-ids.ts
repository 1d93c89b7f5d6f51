import type { Draft } from "../draft";
import { routerIdOf } from "../draft/api";
import { overlaps } from "../network";
import { error } from "../problem";
import type { Problem } from "../problem";

/** routerIds: in one network a number of VRRP is one pair's (RFC 9568 §5.2.3). */
export function routerIds(drafts: readonly Draft[]): Problem[] {
  return drafts.flatMap((later, index) => {
    const id = routerIdOf(later.input);
    const earlier = drafts
      .slice(0, index)
      .find((draft) => routerIdOf(draft.input) === id && sameNetwork(draft, later));
    if (id === undefined || earlier === undefined) return [];
    return [
      error("addresses/router-id-twice", [idPlace(later), idPlace(earlier)], {
        found: `${id} for the load balancers of ${later.input.name} and ${earlier.input.name}`,
        why: "each pair would take the other's messages for its own, and one API address would go dark",
        fix: `set api.loadBalancers.routerId of ${later.input.name} to ${freeId(drafts, later)}`,
      }),
    ];
  });
}

function sameNetwork(a: Draft, b: Draft): boolean {
  return overlaps(a.input.network.nodes, b.input.network.nodes);
}

/** idPlace, where the number stands or is made of. */
function idPlace({ input: { api }, at }: Draft) {
  const written = api.through === "haproxy" && api.loadBalancers.routerId !== undefined;
  return written ? at("api", "loadBalancers", "routerId") : at("api", "address");
}

function freeId(drafts: readonly Draft[], draft: Draft): number {
  const taken = drafts.filter((other) => sameNetwork(other, draft)).map(({ input }) => routerIdOf(input));
  const from = routerIdOf(draft.input) ?? 0;
  const ids = Array.from({ length: 255 }, (_, index) => ((from + index) % 255) + 1);
  return ids.find((id) => !taken.includes(id)) ?? 1;
}
