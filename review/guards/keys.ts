import { keyOf, machinesEnding } from "../keys";
import type { Plan } from "../plan";
import type { Violation } from "./violation";

/** keys: what nodes and certificates of the running cluster rest on stays as it is, unless its machine goes too. */
export function keys(plans: readonly Plan[]): Violation[] {
  return plans.flatMap((plan) => {
    const ending = machinesEnding(plan);
    const lost = plan.changes.flatMap((change) => {
      const key = keyOf(change);
      if (key === undefined || change.action === "create") return [];
      if (key.kind === "administrator" || key.kind === "rejoin") return [];
      return ending.has(key.node ?? "") ? [] : [key.name];
    });
    const names = [...new Set(lost)];
    if (names.length === 0) return [];
    return [
      {
        guard: "keys",
        found: `${names.join(", ")} would change`,
        why: "the cluster that runs was begun with them: it refuses what is signed or sealed with others",
        fix: "find out what asks for it (a provider's new version, an edit in the state) and undo that",
      },
    ];
  });
}
