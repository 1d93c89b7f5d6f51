import type { Picture, Sheet } from "../picture";
import type { PlacedBox } from "./block";
import type { Graphviz, Point } from "./graphviz";
import { type Layout, layoutOf, type PlacedBlock, type Rectangle } from "./layout";
import { styleSheet } from "./palette";
import { type Label, labelAt, rowHeight } from "./shape";

/** svgOf a picture: one file that holds all it needs, light and dark, each unit one pixel. */
export function svgOf({ sheets }: Picture, graphviz: Graphviz): string {
  const needed = sheets.flatMap(({ parts }) =>
    parts.map((part) => layoutOf(part, graphviz, wanted - 2 * margin).width),
  );
  const inner = Math.ceil(Math.max(...needed));
  const width = inner + 2 * margin;
  const body: string[] = [];
  let y = margin;
  for (const sheet of sheets) {
    if (body.length > 0) y += margin;
    body.push(...titleOf(sheet, y));
    y += titleHeight;
    for (const part of sheet.parts) {
      const layout = layoutOf(part, graphviz, inner);
      body.push(`<g transform="translate(${margin} ${number(y)})">`, ...partOf(layout), "</g>");
      y += layout.height + margin;
    }
  }
  return document(sheets, width, Math.ceil(y), body);
}

/** wanted width of a picture in pixels; it is wider only where labels need it. */
const wanted = 1200;
const margin = 24;
const titleHeight = 40;

function document(sheets: readonly Sheet[], width: number, height: number, body: readonly string[]): string {
  const names = sheets.map(({ title }) => title).join(", ");
  const told = sheets.map(({ description }) => description).join(" ");
  const lines = [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" aria-labelledby="title desc">`,
    `<title id="title">Topology of ${escaped(names)}</title>`,
    `<desc id="desc">${escaped(told)}</desc>`,
    `<style>\n${styleSheet()}\n</style>`,
    `<marker id="tip" viewBox="0 0 8 8" refX="8" refY="4" markerWidth="8" markerHeight="8" markerUnits="userSpaceOnUse" orient="auto"><path class="tip" d="M0 0.5L8 4L0 7.5Z"/></marker>`,
    `<rect class="paper" width="${width}" height="${height}" rx="8"/>`,
    ...body,
    "</svg>",
  ];
  return `${lines.join("\n")}\n`;
}

function titleOf({ title, subtitle }: Sheet, y: number): string[] {
  const name = labelAt(title, "sheet", margin, y + 17);
  return [name, labelAt(subtitle, "quiet", margin + name.width + 12, y + 17)].map(textOf);
}

function partOf({ frame, curves, blocks }: Layout): string[] {
  return [
    ...frameOf(frame),
    ...blocks.flatMap(roomOf),
    ...curves.map((curve) => `<path class="arrow" marker-end="url(#tip)" d="${pathOf(curve)}"/>`),
    ...blocks.flatMap(({ block, x, y }) => block.boxes.flatMap((placed) => boxOf(moved(placed, x, y)))),
  ];
}

function frameOf({ title, note, ...place }: Layout["frame"]): string[] {
  const name = labelAt(title, "title", place.x + 14, place.y + 24);
  return [
    `<rect class="group" ${sized(place)} rx="8"/>`,
    ...[name, labelAt(note, "quiet", name.x + name.width + 10, name.y)].map(textOf),
  ];
}

function roomOf({ block: { room, width, height }, x, y }: PlacedBlock): string[] {
  if (room === undefined) return [];
  return [
    `<rect class="inner" ${sized({ x, y, width, height })} rx="8"/>`,
    ...room.map((label) => textOf(moved(label, x, y))),
  ];
}

function boxOf({ box: { kind, rows }, shape, x, y }: PlacedBox): string[] {
  const { width, height, head, labels } = shape;
  const whole = sized({ x, y, width, height });
  const filled =
    rows.length === 0
      ? [`<rect class="head" ${whole} rx="${radius}"/>`]
      : [
          `<rect class="card" ${whole} rx="${radius}"/>`,
          `<path class="head" d="${headPath(x, y, width, head)}"/>`,
        ];
  return [
    `<g class="${kind}">`,
    ...filled,
    ...rows.slice(1).map((_, index) => ruleOf(x, y + head + 2 + rowHeight * (index + 1), width)),
    `<rect class="border" ${whole} rx="${radius}"/>`,
    ...labels.map((label) => textOf(moved(label, x, y))),
    "</g>",
  ];
}

const radius = 6;

/** headPath: round above, straight below. */
function headPath(x: number, y: number, width: number, head: number): string {
  const side = head - radius;
  return `M${number(x)} ${number(y + head)}v${-side}a6 6 0 0 1 6 -6h${number(width - 2 * radius)}a6 6 0 0 1 6 6v${side}z`;
}

function ruleOf(x: number, y: number, width: number): string {
  return `<path class="rule" d="M${number(x)} ${number(y)}h${number(width)}"/>`;
}

/** textOf a label. textLength makes it as wide as it was measured, whatever font the reader has. */
function textOf({ text, x, y, width, style }: Label): string {
  return `<text class="${style}" x="${number(x)}" y="${number(y)}" textLength="${number(width)}" lengthAdjust="spacingAndGlyphs">${escaped(text)}</text>`;
}

function pathOf([start, ...rest]: readonly Point[]): string {
  return `M${pair(start)}C${rest.slice(0, -1).map(pair).join(" ")}L${pair(rest.at(-1))}`;
}

function pair(point: Point | undefined): string {
  return point === undefined ? "" : `${number(point.x)} ${number(point.y)}`;
}

function sized({ x, y, width, height }: Rectangle): string {
  return `x="${number(x)}" y="${number(y)}" width="${number(width)}" height="${number(height)}"`;
}

function moved<P extends Point>(point: P, x: number, y: number): P {
  return { ...point, x: point.x + x, y: point.y + y };
}

/** number with two decimals at most. */
function number(value: number): string {
  return String(Math.round(value * 100) / 100);
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
