import type { Step } from "../step";
import { StepFailed } from "../step-failed";

export const unprotect: Step = {
  name: "unprotect",
  run: ({ subject, program }, say) => program.deploy(subject.unprotected.file, say),
};

export const destroy: Step = {
  name: "destroy: nothing left",
  async run({ subject, program, lab }, say) {
    const counts = await program.destroy(subject.unprotected.file, say);
    const remains = lab.remains();
    if (remains.length > 0) throw new StepFailed("destroy left on Proxmox", remains.join("\n"));
    return counts;
  },
};
