import { type Change, countsOf, describeChange } from "../plan";
import type { Step } from "../step";
import { StepFailed } from "../step-failed";

export const unprotect: Step = {
  name: "unprotect",
  async run({ subject, program }, say) {
    const { file } = subject.unprotected;
    await program.synth(file);
    const changes = await program.plan();
    const others = changes.filter((change) => !isOfAChart(change));
    if (others.length > 0)
      throw new StepFailed("unprotecting changes", others.map(describeChange).join("\n"));
    await program.deploySynthesized(file, say);
    return countsOf(changes);
  },
};

/** isOfAChart that protects its own data, as Longhorn's does: it is told in place, and waited for again. */
function isOfAChart({ stack, type, actions }: Change): boolean {
  const isWaitedFor = type === "null_resource" && stack.endsWith("-platform");
  return isWaitedFor || (type === "helm_release" && actions.join() === "update");
}

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
