import type { Arrow, End } from "../picture";
import { type Block, portOf } from "./block";

/**
 * dotOf columns of blocks, for Graphviz to place: each is an empty table of the block's size with a cell where arrows
 * begin or end, so that no text is measured there. Lengths are points, one for each unit of the picture; `gap` is
 * between columns.
 * @see https://graphviz.org/doc/info/shapes.html#html
 */
export function dotOf(columns: readonly (readonly Block[])[], arrows: readonly Arrow[], gap: number): string {
  const ends = new Map(columns.flat().flatMap((block) => block.boxes.map(({ box }) => [box.id, block])));
  return [
    "digraph {",
    `graph [rankdir=LR, ranksep=${inches(gap)}, nodesep=${inches(14)}, margin=0, pad=0]`,
    "node [shape=plain]",
    ...columns.flat().map(nodeOf),
    ...columns.map(belowEachOther),
    ...columns.slice(1).flatMap((column, index) => rightOf(columns[index], column)),
    ...arrows.map(({ from, to }) => `${endOf(from, ends)}:e -> ${endOf(to, ends)}:w`),
    "}",
  ].join("\n");
}

function nodeOf(block: Block): string {
  return `${quoted(block.id)} [label=<<TABLE BORDER="0" CELLBORDER="0" CELLSPACING="0" CELLPADDING="0">${cellsOf(block)}</TABLE>>]`;
}

/** cellsOf a block from above: its ports, and what is between them. */
function cellsOf({ width, height, ports }: Block): string {
  const bottoms = [0, ...ports.map((port) => port.y + port.height)];
  const between = [...ports.map(({ y }) => y), height].map((y, index) => y - (bottoms[index] ?? 0));
  return between
    .flatMap((space, index) => {
      const port = ports[index];
      return [cell(width, space), port === undefined ? "" : cell(width, port.height, port.name)];
    })
    .join("");
}

function cell(width: number, height: number, port?: string): string {
  const name = port === undefined ? "" : ` PORT=${quoted(port)}`;
  return height === 0 ? "" : `<TR><TD FIXEDSIZE="TRUE" WIDTH="${width}" HEIGHT="${height}"${name}></TD></TR>`;
}

/** belowEachOther, in their order. */
function belowEachOther(blocks: readonly Block[]): string {
  const names = blocks.map(({ id }) => quoted(id));
  return `{ rank=same; ${names.join(" -> ")}${names.length > 1 ? " [style=invis]" : ""} }`;
}

/** rightOf: one column stands right of another, whatever leads from one to the other. */
function rightOf(before: readonly Block[] | undefined, after: readonly Block[]): string[] {
  const [left] = before ?? [];
  const [right] = after;
  return left === undefined || right === undefined
    ? []
    : [`${quoted(left.id)} -> ${quoted(right.id)} [style=invis, weight=0]`];
}

function endOf(end: End, blocks: ReadonlyMap<string, Block>): string {
  const block = blocks.get(end.box);
  if (block === undefined) throw new Error(`an arrow leads to ${end.box}, which is not drawn`);
  return `${quoted(block.id)}:${quoted(portOf(end, block).name)}`;
}

function quoted(name: string): string {
  return JSON.stringify(name);
}

function inches(points: number): string {
  return (points / 72).toFixed(4);
}
