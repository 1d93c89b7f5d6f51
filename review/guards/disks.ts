import { isObject, listAt, textAt, valueAt } from "../json";
import { subjectOf, vmType } from "../machines";
import type { Change, Plan } from "../plan";
import type { Violation } from "./violation";

/** disks: what services keep is not thrown away by the way. A worker that is retired loses its disk on purpose. */
export function disks(plans: readonly Plan[]): Violation[] {
  const lost = plans.flatMap(({ changes }) => changes.flatMap(lostBy));
  if (lost.length === 0) return [];
  return [
    {
      guard: "disks",
      found: `${lost.join(", ")} would be destroyed`,
      why: "volumes on it go with it, and no copy is made first",
      fix: "move what is on it elsewhere first: kubectl drain for a worker, a copy for a volume",
    },
  ];
}

function lostBy(change: Change): string[] {
  const ends = change.action === "replace" || change.action === "delete";
  if (change.type === vmType) {
    if (change.action === "replace" && subjectOf(change.name, change.before).kind === "worker")
      return [`${change.name}'s disk`];
    return change.action === "update" ? removedDisks(change) : [];
  }
  const manifest = valueAt(change.before, "manifest");
  if (!ends || textAt(manifest, "kind") !== "PersistentVolumeClaim") return [];
  return [`volume ${textAt(manifest, "metadata", "name") ?? change.name}`];
}

function removedDisks({ name, before, after }: Change): string[] {
  const drives = (values: Change["before"]): string[] =>
    listAt(values, "disk").flatMap((disk) => (isObject(disk) ? (textAt(disk, "interface") ?? []) : []));
  const kept = drives(after);
  return drives(before)
    .filter((drive) => !kept.includes(drive))
    .map((drive) => `disk ${drive} of ${name}`);
}
