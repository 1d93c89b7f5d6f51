import { expectNothingToDo } from "../expect";
import type { Step } from "../step";

export const planAgain: Step = {
  name: "plan again: nothing to do",
  async run({ program }) {
    await expectNothingToDo(program, "a second plan");
    return { add: 0, change: 0, destroy: 0 };
  },
};
