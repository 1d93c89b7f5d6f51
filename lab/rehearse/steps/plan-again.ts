import { describeChange } from "../plan";
import type { Step } from "../step";
import { StepFailed } from "../step-failed";

export const planAgain: Step = {
  name: "plan again: nothing to do",
  async run({ program }) {
    const changes = await program.plan();
    if (changes.length === 0) return { add: 0, change: 0, destroy: 0 };
    throw new StepFailed("a second plan is not empty", changes.map(describeChange).join("\n"));
  },
};
