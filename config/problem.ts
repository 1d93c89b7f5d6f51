import { counted, listOf } from "./words";

/** Place in the operator's file: which cluster of it, and the keys that lead to the value. */
export interface Place {
  /** cluster's position in the file, from 0. */
  readonly cluster: number;
  /** label names the cluster where the file has several. */
  readonly label?: string;
  readonly keys: readonly string[];
}

/** Problem is data; `renderProblems` alone turns it into words on a screen. */
export interface Problem {
  /** code, stable: `<subject>/<what is wrong>`. */
  readonly code: string;
  readonly severity: "error" | "warning";
  /** places, the one to edit first, then every other value in the conflict. */
  readonly places: readonly [Place, ...Place[]];
  readonly found: string;
  readonly why: string;
  /** fix, the smallest edit that settles it. */
  readonly fix: string;
}

/** Words of a problem: what was found, why it cannot be, the smallest edit. */
export type Words = Pick<Problem, "found" | "why" | "fix">;

export function error(code: string, places: Problem["places"], words: Words): Problem {
  return { code, severity: "error", places, ...words };
}

export function warning(code: string, places: Problem["places"], words: Words): Problem {
  return { code, severity: "warning", places, ...words };
}

/** ClusterProblems is an operator's mistake: shown as its message, never with a stack. */
export class ClusterProblems extends Error {
  constructor(
    readonly file: string,
    readonly problems: readonly Problem[],
  ) {
    super(renderProblems(file, problems));
    this.name = "ClusterProblems";
  }
}

export function renderProblems(file: string, problems: readonly Problem[]): string {
  return [headerOf(file, problems), ...problems.map(renderProblem)].join("\n\n") + "\n";
}

export function printPlace(place: Place): string {
  const path = place.keys.reduce((text, key) => {
    if (/^\d+$/.test(key)) return `${text}[${key}]`;
    if (!/^[\w-]+$/.test(key)) return `${text}[${JSON.stringify(key)}]`;
    return text === "" ? key : `${text}.${key}`;
  }, "");
  if (place.label === undefined) return path;
  return path === "" ? place.label : `${place.label}: ${path}`;
}

function headerOf(file: string, problems: readonly Problem[]): string {
  const errors = problems.filter((problem) => problem.severity === "error").length;
  const warnings = problems.length - errors;
  const amounts = [
    ...(errors > 0 ? [counted(errors, "problem")] : []),
    ...(warnings > 0 ? [counted(warnings, "warning")] : []),
  ];
  return `${file}: ${amounts.join(", ")}${errors > 0 ? ", nothing was synthesised" : ""}`;
}

function renderProblem(problem: Problem): string {
  const where = listOf(problem.places.map(printPlace).filter((place) => place !== ""));
  return [
    `  ${[where, problem.found].filter((text) => text !== "").join("  ")}`,
    `    why  ${problem.why}`,
    `    fix  ${problem.fix}   (${problem.severity === "warning" ? "warning " : ""}${problem.code})`,
  ].join("\n");
}
