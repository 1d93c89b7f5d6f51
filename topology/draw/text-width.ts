/** Font of a label: its size in units of the picture, and whether it is bold. */
export interface Font {
  readonly size: number;
  readonly bold: boolean;
}

/**
 * textWidth of a label in Helvetica, in units of the picture. Arial, Liberation Sans and Arimo have the same widths; in
 * another font the picture's `textLength` makes the text as wide.
 * @see https://github.com/adobe-type-tools/font-tech-notes Adobe's Core 14 AFM files, Helvetica and Helvetica-Bold
 */
export function textWidth(text: string, { size, bold }: Font): number {
  const widths = bold ? boldWidths : regularWidths;
  const sum = Array.from(text).reduce(
    (total, character) => total + (widths[indexOf(character)] ?? widest),
    0,
  );
  return (sum * size) / 1000;
}

/** shortened to a width, three dots in place of what is left out: in the middle, for names differ at both ends. */
export function shortened(text: string, width: number, font: Font): string {
  if (textWidth(text, font) <= width) return text;
  for (let kept = text.length - 1; kept > 2; kept -= 1) {
    const head = Math.ceil(kept / 2);
    const short = `${text.slice(0, head)}...${text.slice(text.length - (kept - head))}`;
    if (textWidth(short, font) <= width) return short;
  }
  return "...";
}

function indexOf(character: string): number {
  return (character.codePointAt(0) ?? 0) - 0x20;
}

/** widest a character is taken to be that is not in the tables. */
const widest = 1000;

/** widths of the characters from space to tilde, in thousandths of the font's size. */
const regularWidths = [
  278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556, 556,
  556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667, 611, 778, 722, 278,
  500, 667, 556, 833, 722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469,
  556, 333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556, 556, 556, 333, 500,
  278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584,
] as const;
const boldWidths = [
  278, 333, 474, 556, 556, 889, 722, 238, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556, 556,
  556, 556, 556, 556, 556, 333, 333, 584, 584, 584, 611, 975, 722, 722, 722, 722, 667, 611, 778, 722, 278,
  556, 722, 611, 833, 722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 333, 278, 333, 584,
  556, 333, 556, 611, 556, 611, 556, 333, 611, 611, 278, 278, 556, 278, 889, 611, 611, 611, 611, 389, 556,
  333, 611, 556, 778, 556, 556, 500, 389, 280, 389, 584,
] as const;
