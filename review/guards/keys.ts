import { endsIn, keyOf } from "../keys";
import type { Plan } from "../plan";
import { listed } from "../words";
import type { Violation } from "./violation";

/** keys: what nodes and certificates of the running cluster rest on stays as it is, unless its machine goes too. */
export function keys(plans: readonly Plan[]): Violation[] {
  return plans.flatMap((plan) => {
    const lost = plan.changes.flatMap((change) => {
      const key = keyOf(change);
      if (key === undefined || key.kind === "administrator" || key.kind === "rejoin") return [];
      return endsIn(plan, change, key) ? [key.name] : [];
    });
    const names = [...new Set(lost)];
    if (names.length === 0) return [];
    return [
      {
        guard: "keys",
        found: `${listed(names)} would be ${names.length === 1 ? "another" : "others"} than the cluster runs with`,
        why: "its machines know no others, and refuse what is signed or sealed with them",
        fix: "find out what asks for it (-replace, an edit of the state, a provider's new version) and undo that; what the state lost comes back from its backup",
      },
    ];
  });
}
