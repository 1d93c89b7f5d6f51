/** LabProblem is a reason outside the program why a rehearsal cannot go on; its message says what to do. */
export class LabProblem extends Error {
  override readonly name = "LabProblem";
}
