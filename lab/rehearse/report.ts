import type { Part } from "../engine/part";
import type { Outcome } from "./step";

/** Report of a rehearsal, as build/rehearsal.json keeps it. */
export interface Report {
  /** ok: every step ran and all it claims came true. */
  readonly ok: boolean;
  readonly engine: string;
  readonly parts: readonly Part[];
  readonly steps: readonly StepResult[];
  /** failure, why the last step does not hold; absent when ok. */
  readonly failure?: Failure;
}

export interface StepResult extends Outcome {
  readonly name: string;
  readonly ok: boolean;
  readonly seconds: number;
}

export interface Failure {
  readonly step: string;
  readonly reason: string;
  /** words of the engine or of the lab that explain it. */
  readonly words: string;
  /** consoles, the last lines of every machine, by its name in Proxmox, and of every program behind Kubernetes. */
  readonly consoles: Readonly<Record<string, readonly string[]>>;
}
