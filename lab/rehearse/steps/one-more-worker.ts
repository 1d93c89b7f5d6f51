import { expectChanges, expectEveryNodeReady } from "../expect";
import type { Step } from "../step";
import { StepFailed } from "../step-failed";
import type { Layout } from "../subject";

export const oneMoreWorker: Step = {
  name: "one more worker: only that node",
  async run({ subject, program, lab }, say) {
    const { file } = subject.oneMoreWorker;
    const added = namesOf(subject.oneMoreWorker).filter((name) => !namesOf(subject.original).includes(name));
    await program.synth(file);
    const changes = await program.plan();
    expectChanges(`adding ${added.join(", ")}`, changes, ({ address, actions }) => {
      const resource = address.split(".").at(-1) ?? "";
      return (
        actions.join() === "create" &&
        added.some((name) => resource === name || resource.startsWith(`${name}_`))
      );
    });
    const counts = await program.deploySynthesized(file, say);
    if (counts.change + counts.destroy > 0) {
      throw new StepFailed(
        `adding a worker changed ${counts.change} and destroyed ${counts.destroy} resources`,
      );
    }
    await expectEveryNodeReady(lab, subject.oneMoreWorker);
    return counts;
  },
};

function namesOf(layout: Layout): string[] {
  return layout.clusters.flatMap((cluster) => cluster.workers.map((node) => node.name));
}
