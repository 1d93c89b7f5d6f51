import type { Lab } from "..";
import type { Counts } from "./plan";
import type { Program } from "./program";
import type { Subject } from "./subject";

export interface Rehearsal {
  readonly subject: Subject;
  readonly program: Program;
  readonly lab: Lab;
}

/** Outcome of a step that held. */
export interface Outcome extends Counts {
  /** seen, what the step counted besides changes, for a reader. @default nothing */
  readonly seen?: readonly string[];
}

/** Step is one thing that an operator does; it throws StepFailed unless everything it claims came true. */
export interface Step {
  readonly name: string;
  run(rehearsal: Rehearsal, say: (line: string) => void): Promise<Outcome>;
}
