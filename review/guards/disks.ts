import { isObject, listAt, textAt } from "../json";
import { subjectOf, vmType } from "../machines";
import type { Change, Plan } from "../plan";
import { volumesLost } from "../volumes";
import { listed } from "../words";
import type { Violation } from "./violation";

/** disks: what services keep is not thrown away by the way. A worker that is retired loses its disk on purpose. */
export function disks(plans: readonly Plan[]): Violation[] {
  const lost = plans.flatMap((plan) => [
    ...plan.changes.flatMap(disksLost),
    ...volumesLost(plan.changes, plan),
  ]);
  if (lost.length === 0) return [];
  return [
    {
      guard: "disks",
      found: `${listed(lost)} would be destroyed`,
      why: "what services keep there is gone with it, and no copy is made first",
      fix: "move what is on it elsewhere first: kubectl drain for a worker, a copy for a volume",
    },
  ];
}

function disksLost(change: Change): string[] {
  if (change.type !== vmType) return [];
  if (change.action === "replace" && subjectOf(change.name, change.before).kind === "worker")
    return [`${change.name}'s disk`];
  return change.action === "update" ? removedDisks(change) : [];
}

function removedDisks({ name, before, after }: Change): string[] {
  const drives = (values: Change["before"]): string[] =>
    listAt(values, "disk").flatMap((disk) => (isObject(disk) ? (textAt(disk, "interface") ?? []) : []));
  const kept = drives(after);
  return drives(before)
    .filter((drive) => !kept.includes(drive))
    .map((drive) => `disk ${drive} of ${name}`);
}
