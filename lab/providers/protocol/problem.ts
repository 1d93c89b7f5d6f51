import type { Value } from "./value";

/** AttributePath leads to a value: an attribute by name, a list's element by position, a map's by key, a set's by value. */
export type AttributePath = readonly (
  string | number | { readonly key: string } | { readonly element: Value }
)[];

/** Problem is what Terraform prints as an error or a warning. */
export interface Problem {
  readonly summary: string;
  readonly detail: string;
  readonly path?: AttributePath;
}

/** ProviderError refuses what was asked; Terraform prints its problems. */
export class ProviderError extends Error {
  readonly problems: readonly Problem[];

  constructor(...problems: readonly [Problem, ...Problem[]]) {
    super(problems.map(({ summary, detail }) => `${summary}: ${detail}`).join("\n"));
    this.problems = problems;
  }
}

export interface DiagnosticMessage {
  readonly severity: "ERROR" | "WARNING";
  readonly summary: string;
  readonly detail: string;
  readonly attribute?: PathMessage;
}

export interface PathMessage {
  readonly steps: readonly StepMessage[];
}

export type StepMessage =
  | { readonly attribute_name: string }
  | { readonly element_key_int: number }
  | { readonly element_key_string: string };

export function diagnostic(severity: "ERROR" | "WARNING", problem: Problem): DiagnosticMessage {
  const { summary, detail, path } = problem;
  return { severity, summary, detail, ...(path === undefined ? {} : { attribute: pathMessage(path) }) };
}

/** pathMessage ends at a set: the protocol has no word for an element of one. */
export function pathMessage(path: AttributePath): PathMessage {
  const set = path.findIndex((step) => typeof step === "object" && "element" in step);
  return { steps: (set === -1 ? path : path.slice(0, set)).flatMap(stepMessage) };
}

function stepMessage(step: AttributePath[number]): readonly StepMessage[] {
  if (typeof step === "string") return [{ attribute_name: step }];
  if (typeof step === "number") return [{ element_key_int: step }];
  return "key" in step ? [{ element_key_string: step.key }] : [];
}
