import { numberAt, valueAt } from "../json";
import { vmType } from "../machines";
import { isEnding } from "../manifests";
import type { Change, Plan } from "../plan";
import { listed } from "../words";
import type { Violation } from "./violation";

/** templates: one whose disk machines read from is not made again under them. */
export function templates(plans: readonly Plan[]): Violation[] {
  const found = plans.flatMap((plan) => plan.changes.flatMap((change) => clonesUnder(change, plan)));
  if (found.length === 0) return [];
  return [
    {
      guard: "template-in-use",
      found: found.join("; "),
      why: "a linked clone reads what it did not write from the template's disk",
      fix: "make full clones of these machines first, or leave the template as it is",
    },
  ];
}

function clonesUnder(change: Change, { planned }: Plan): string[] {
  const isTemplate = change.type === vmType && valueAt(change.before, "template") === true;
  if (!isTemplate || !isEnding(change)) return [];
  const id = numberAt(change.before, "vm_id");
  const clones = planned
    .filter(
      ({ type, values }) =>
        type === vmType &&
        numberAt(values, "clone", 0, "vm_id") === id &&
        valueAt(values, "clone", 0, "full") === false,
    )
    .map(({ name }) => name);
  return clones.length === 0 ? [] : [`${change.name} would be made again under ${listed(clones)}`];
}
