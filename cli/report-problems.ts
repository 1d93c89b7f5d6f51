import { reportFailure } from "./mistake";

/** reportProblems does the work; if it fails, status 1, and an operator's mistake is shown without a stack. */
export function reportProblems(work: () => void): void {
  try {
    work();
  } catch (error) {
    reportFailure(error);
  }
}
