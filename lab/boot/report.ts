import type { Part } from "../engine/part";
import type { Check } from "./judge/check";

/** BootReport of a boot test, as build/boot.json keeps it. */
export interface BootReport {
  /** ok: all machines came up and every claim came true. */
  readonly ok: boolean;
  readonly parts: readonly Part[];
  readonly phases: readonly PhaseResult[];
  readonly checks: readonly Check[];
  /** failure, why the test could not go on; absent when it did. */
  readonly failure?: string;
  /** consoles, the last lines of every machine, where something did not hold. */
  readonly consoles: Readonly<Record<string, readonly string[]>>;
}

export interface PhaseResult {
  readonly name: string;
  readonly seconds: number;
}
