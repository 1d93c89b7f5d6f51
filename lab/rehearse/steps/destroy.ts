import { describeChange } from "../plan";
import type { Step } from "../step";
import { StepFailed } from "../step-failed";

export const unprotect: Step = {
  name: "unprotect",
  async run({ subject, program }, say) {
    const { file } = subject.unprotected;
    await program.synth(file);
    const changes = await program.plan();
    if (changes.length > 0)
      throw new StepFailed("unprotecting changes", changes.map(describeChange).join("\n"));
    await program.deploySynthesized(file, say);
    return { add: 0, change: 0, destroy: 0 };
  },
};

export const destroy: Step = {
  name: "destroy: nothing left",
  async run({ subject, program, lab }, say) {
    const before = await program.resources();
    await program.destroy(subject.unprotected.file, say);
    const states = await program.resources();
    const remains = [...lab.remains(), ...states.map((address) => `in a state: ${address}`)];
    if (remains.length > 0) throw new StepFailed("destroy left", remains.join("\n"));
    return { add: 0, change: 0, destroy: before.length };
  },
};
