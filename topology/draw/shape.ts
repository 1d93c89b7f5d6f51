import type { Box, Row } from "../picture";
import { type Font, shortened, textWidth } from "./text-width";

/** Label is one piece of text, placed from the upper left corner of what it belongs to. */
export interface Label {
  readonly text: string;
  readonly x: number;
  /** y of the baseline. */
  readonly y: number;
  readonly width: number;
  readonly style: Style;
}

export type Style = "sheet" | "title" | "text" | "quiet";

export const fonts: Readonly<Record<Style, Font>> = {
  sheet: { size: 20, bold: true },
  title: { size: 13, bold: true },
  text: { size: 12, bold: false },
  quiet: { size: 11, bold: false },
};

/** Shape of a box: its size and its labels. */
export interface Shape {
  readonly width: number;
  readonly height: number;
  /** head, the height of what stands above the rows. */
  readonly head: number;
  readonly labels: readonly Label[];
}

export const rowHeight = 20;

/** naturalWidth of a box, where no label is shortened but very long ones. */
export function naturalWidth({ title, lines, rows }: Box): number {
  const wanted = [
    widthOf(title, "title"),
    ...lines.map((line) => widthOf(line, "quiet")),
    ...rows.map(
      ({ text, note }) => Math.min(longest.text, widthOf(text, "text")) + noteGap(note) + noteWidth(note),
    ),
  ];
  return Math.ceil(Math.min(longest.box, Math.max(...wanted))) + 2 * padding;
}

/** shapeOf a box of this width; what is too long for it is shortened. */
export function shapeOf({ title, lines, rows }: Box, width: number): Shape {
  const inside = width - 2 * padding;
  const head = 12 + 16 * (lines.length + 1);
  return {
    width,
    head,
    height: head + (rows.length === 0 ? 0 : rows.length * rowHeight + 4),
    labels: [
      fitted(title, inside, "title", padding, 18),
      ...lines.map((line, index) => fitted(line, inside, "quiet", padding, 34 + 16 * index)),
      ...rows.flatMap((row, index) => rowLabels(row, width, head + 16 + rowHeight * index)),
    ],
  };
}

/** labelAt a place, as wide as its text. */
export function labelAt(text: string, style: Style, x: number, y: number): Label {
  return { text, style, x, y, width: widthOf(text, style) };
}

const padding = 10;
/** longest text and note of a row, and longest line of all, before they are shortened. */
const longest = { text: 190, note: 118, box: 322 } as const;

/** rowLabels: the text at the left, the note at the right. */
function rowLabels({ text, note }: Row, width: number, y: number): Label[] {
  const free = width - 2 * padding - noteGap(note) - noteWidth(note);
  return [
    fitted(text, free, "text", padding, y),
    ...(note === "" ? [] : [fitted(note, noteWidth(note), "quiet", width - padding - noteWidth(note), y)]),
  ];
}

function noteGap(note: string): number {
  return note === "" ? 0 : 14;
}

function noteWidth(note: string): number {
  return widthOf(shortened(note, longest.note, fonts.quiet), "quiet");
}

function fitted(text: string, width: number, style: Style, x: number, y: number): Label {
  return labelAt(shortened(text, width, fonts[style]), style, x, y);
}

function widthOf(text: string, style: Style): number {
  return textWidth(text, fonts[style]);
}
