import type { Field } from "./field";

/** Phase of an operator's work in which a fault strikes: machines are made, edited or taken away. */
export type Phase = "deploy" | "change" | "destroy";

/** Fault is one thing that goes wrong, and what an operator is told about it. */
export interface Fault {
  readonly name: string;
  readonly phase: Phase;
  /** inject it, just before the run that it strikes; what is returned ends it, before the next run. */
  inject(field: Field): Cure | Promise<Cure>;
  /** says, in what the failing run prints; absent = the run outlives the fault and succeeds. */
  readonly says?: RegExp;
  /** leaves a machine outside the state: the next plan refuses it, and this is how the operator goes on. */
  readonly leaves?: { readonly machine: (field: Field) => number; readonly then: "import" | "remove" };
  /** touches, the machines that it concerns; all others stay as they are. @default the worker */
  readonly touches?: (field: Field) => readonly number[];
  /** shortened, the timeouts of machines in seconds where nobody can wait as long as an operator would. */
  readonly shortened?: Readonly<Record<string, number>>;
}

/** Cure of a fault: the host comes back, the storage gets space. */
export type Cure = (() => Promise<void> | void) | undefined;
