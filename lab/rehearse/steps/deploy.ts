import { expectAnswers, expectEveryNodeReady } from "../expect";
import type { Step } from "../step";
import { StepFailed } from "../step-failed";
import { addressesOf } from "../subject";

export const deploy: Step = {
  name: "deploy all stacks",
  async run({ subject, program, lab }, say) {
    await program.deploy(subject.original.file, say);
    await expectEveryNodeReady(lab, subject.original);
    for (const { name, servers } of subject.original.clusters) {
      const times = lab.initialisations(addressesOf(servers));
      if (times !== 1) throw new StepFailed(`cluster ${name} was initialised ${times} times, not once`);
    }
    await expectAnswers(lab, subject.original);
    return { add: (await program.resources()).length, change: 0, destroy: 0 };
  },
};
