import type { Lab } from "..";
import { type Change, describeChange } from "./plan";
import { StepFailed } from "./step-failed";
import type { Layout } from "./subject";

/** expectEveryNodeReady holds each cluster's Ready nodes against the file: none missing, none besides. */
export function expectEveryNodeReady(lab: Lab, layout: Layout): void {
  for (const cluster of layout.clusters) {
    const expected = [...cluster.servers, ...cluster.workers].map((node) => node.name).sort();
    const ready = [...lab.readyNodes(cluster.api)].sort();
    if (ready.join() === expected.join()) continue;
    throw new StepFailed(
      `cluster ${cluster.name}: Ready are ${ready.join(", ") || "no nodes"}; the file asks for ${expected.join(", ")}`,
    );
  }
}

/** expectNoComplaints: the lab saw nothing that a real site would not have survived. */
export function expectNoComplaints(lab: Lab): void {
  const complaints = lab.complaints();
  if (complaints.length > 0) throw new StepFailed("the lab saw what must not happen", complaints.join("\n"));
}

/** expectChanges refuses every planned change that `allowed` does not know, and a plan with none at all. */
export function expectChanges(
  what: string,
  changes: readonly Change[],
  allowed: (change: Change) => boolean,
): void {
  const others = changes.filter((change) => !allowed(change));
  if (others.length > 0) throw new StepFailed(`${what} also changes`, others.map(describeChange).join("\n"));
  if (changes.length === 0) throw new StepFailed(`${what} changes nothing`);
}
