import { numberAt, valueAt } from "../json";
import { vmType } from "../machines";
import type { Plan } from "../plan";
import type { Violation } from "./violation";

/** templates: one whose disk machines read from is not made again under them. */
export function templates(plans: readonly Plan[]): Violation[] {
  return plans.flatMap(({ changes, planned }) =>
    changes.flatMap((change): Violation[] => {
      const isTemplate = change.type === vmType && valueAt(change.before, "template") === true;
      if (!isTemplate || (change.action !== "replace" && change.action !== "delete")) return [];
      const id = numberAt(change.before, "vm_id");
      const clones = planned
        .filter(
          ({ type, values }) =>
            type === vmType &&
            numberAt(values, "clone", 0, "vm_id") === id &&
            valueAt(values, "clone", 0, "full") === false,
        )
        .map(({ name }) => name);
      if (clones.length === 0) return [];
      return [
        {
          guard: "template-in-use",
          found: `${change.name} would be made again under ${clones.join(", ")}`,
          why: "a linked clone reads what it did not write from the template's disk",
          fix: "make full clones of these machines first, or leave the template as it is",
        },
      ];
    }),
  );
}
