import { expectEveryNodeReady } from "../expect";
import type { Step } from "../step";
import { StepFailed } from "../step-failed";

export const deploy: Step = {
  name: "deploy all stacks",
  async run({ subject, program, lab }, say) {
    const counts = await program.deploy(subject.original.file, say);
    expectEveryNodeReady(lab, subject.original);
    for (const { name, api } of subject.original.clusters) {
      const times = lab.initialisations(api);
      if (times !== 1) throw new StepFailed(`cluster ${name} was initialised ${times} times, not once`);
    }
    return counts;
  },
};
