import { paint } from "./paint";

/** Mistake is something the operator can put right; it is shown as its message, never with a stack. */
export class Mistake extends Error {
  override readonly name = "Mistake";
}

/** mistakes, the names of the errors that are an operator's to mend, wherever they were thrown. */
const mistakes = new Set(["Mistake", "ClusterProblems", "LabProblem"]);

/** reportFailure ends the program with status 1: a mistake in its own words, anything else as our bug, with its stack. */
export function reportFailure(error: unknown): void {
  process.exitCode = 1;
  if (error instanceof Error && mistakes.has(error.name)) {
    process.stderr.write(paint.problems(process.stderr, error.message.trimEnd()) + "\n");
    return;
  }
  const stack = error instanceof Error ? error.stack : String(error);
  process.stderr.write(`slipway failed by a fault of its own, please report it:\n${stack}\n`);
}
