import type { Arrow, Box } from "../picture";

/** Piece of a part: boxes of one column, and the arrows that begin at them. */
export interface Piece {
  readonly boxes: readonly Box[];
  readonly arrows: readonly Arrow[];
}
