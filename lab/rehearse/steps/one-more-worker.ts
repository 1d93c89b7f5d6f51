import { expectChanges, expectEveryNodeReady } from "../expect";
import { belongsTo, countsOf } from "../plan";
import type { Step } from "../step";
import type { Layout } from "../subject";

export const oneMoreWorker: Step = {
  name: "one more worker: only that node",
  async run({ subject, program, lab }, say) {
    const { file } = subject.oneMoreWorker;
    const existing = namesOf(subject.original);
    const added = namesOf(subject.oneMoreWorker).filter((name) => !existing.includes(name));
    await program.synth(file);
    const changes = await program.plan();
    expectChanges(`adding ${added.join(", ")}`, changes, (change) => {
      return change.actions.join() === "create" && added.some((name) => belongsTo(name, change.address));
    });
    await program.deploySynthesized(file, say);
    await expectEveryNodeReady(lab, subject.oneMoreWorker);
    return countsOf(changes);
  },
};

function namesOf(layout: Layout): string[] {
  return layout.clusters.flatMap((cluster) => cluster.workers.map((node) => node.name));
}
