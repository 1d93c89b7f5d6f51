import type { Lab } from "..";
import { complaintAbout, tallyInWords, timesFor } from "./answers";
import { type Change, describeChange } from "./plan";
import type { Program } from "./program";
import { StepFailed } from "./step-failed";
import { addressesOf, type LaidOutCluster, type Layout } from "./subject";
import { until } from "./until";

/**
 * expectEveryNodeReady holds each cluster's Ready nodes against the file: none missing, none besides. Machines that
 * nobody rebuilt come back by themselves after their server did, within this time or not at all.
 */
export async function expectEveryNodeReady(lab: Lab, layout: Layout): Promise<void> {
  await until(() => layout.clusters.every((cluster) => isWhole(lab, cluster)));
  for (const cluster of layout.clusters) {
    if (isWhole(lab, cluster)) continue;
    const ready = readyNodes(lab, cluster).join(", ") || "no nodes";
    throw new StepFailed(
      `cluster ${cluster.name}: Ready are ${ready}; the file asks for ${expectedNodes(cluster).join(", ")}`,
    );
  }
}

/** expectAnswers: every request is answered as the file asks, at the latest a minute after its deploy. Who did, in words. */
export async function expectAnswers(lab: Lab, layout: Layout): Promise<string[]> {
  const seen: string[] = [];
  for (const { servers, requests } of layout.clusters) {
    const visitor = lab.visitor(addressesOf(servers));
    for (const request of requests) {
      const times = timesFor(request);
      let complaint: string | undefined;
      let answered = "";
      await until(async () => {
        const tally = await visitor.visit(request, times);
        complaint = complaintAbout(request, tally, times);
        answered = tallyInWords(request, tally, times);
        return complaint === undefined;
      });
      if (complaint !== undefined) throw new StepFailed(complaint);
      seen.push(answered);
    }
  }
  return seen;
}

/** expectNoComplaints: the lab saw nothing that a real site would not have survived. */
export function expectNoComplaints(lab: Pick<Lab, "complaints">): void {
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

/** expectNothingToDo: what is deployed is what the file asks for. */
export async function expectNothingToDo(program: Pick<Program, "plan">, what: string): Promise<void> {
  const changes = await program.plan();
  if (changes.length > 0)
    throw new StepFailed(`${what} is not empty`, changes.map(describeChange).join("\n"));
}

function isWhole(lab: Lab, cluster: LaidOutCluster): boolean {
  return readyNodes(lab, cluster).join() === expectedNodes(cluster).join();
}

function readyNodes(lab: Lab, { servers }: LaidOutCluster): string[] {
  return [...lab.readyNodes(addressesOf(servers))].sort();
}

function expectedNodes({ servers, workers }: LaidOutCluster): string[] {
  return [...servers, ...workers].map((node) => node.name).sort();
}
