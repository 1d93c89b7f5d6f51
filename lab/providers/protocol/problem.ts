/** AttributePath leads to a value: an attribute by name, a list's element by position, a map's by key. */
export type AttributePath = readonly (string | number | { readonly key: string })[];

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

export function pathMessage(path: AttributePath): PathMessage {
  return {
    steps: path.map((step) => {
      if (typeof step === "string") return { attribute_name: step };
      return typeof step === "number" ? { element_key_int: step } : { element_key_string: step.key };
    }),
  };
}
