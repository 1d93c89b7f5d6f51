/** StepFailed says what a step of the rehearsal wanted and what happened instead. */
export class StepFailed extends Error {
  override readonly name = "StepFailed";

  constructor(
    message: string,
    /** words of the engine, or of the lab, that explain it. */
    readonly words = "",
  ) {
    super(message);
  }
}
