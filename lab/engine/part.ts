/** Part is one line of a rehearsal's honesty table: what ran, and whether it was the real thing. */
export interface Part {
  readonly name: string;
  readonly kind: "real" | "stand-in";
  readonly version: string;
}
