import type { Box, End, Item, Room } from "../picture";
import { labelAt, type Label, naturalWidth, rowHeight, type Shape, shapeOf } from "./shape";

/** Block is what Graphviz places as one: a box, or a room with all its boxes. */
export interface Block {
  readonly id: string;
  readonly width: number;
  readonly height: number;
  /** room around the boxes, with its labels; absent = the block is one box. */
  readonly room?: readonly Label[];
  readonly boxes: readonly PlacedBox[];
  /** ports, where arrows begin and end, from above; what is between them is none. */
  readonly ports: readonly Port[];
}

/** PlacedBox in its block, from the block's upper left corner. */
export interface PlacedBox {
  readonly box: Box;
  readonly shape: Shape;
  readonly x: number;
  readonly y: number;
}

export interface Port {
  readonly name: string;
  /** x, how far inside the block it begins. */
  readonly x: number;
  readonly y: number;
  readonly height: number;
}

/** portOf an arrow's end: the box's in a room; else the row's, or the head. */
export function portOf({ box, row }: End, { id, room, ports }: Block): Port {
  const name = room === undefined ? (row ?? "head") : box;
  const port = ports.find((each) => each.name === name);
  if (port === undefined) throw new Error(`${id} has no place ${name} for an arrow`);
  return port;
}

/** blocksOf a column: its boxes are as wide as the widest and `wider` still. */
export function blocksOf(column: readonly Item[], wider: number): Block[] {
  const width = Math.max(0, ...column.flatMap((item) => (item.kind === "room" ? [] : [naturalWidth(item)])));
  return column.map((item) => (item.kind === "room" ? roomBlock(item) : boxBlock(item, width + wider)));
}

function boxBlock(box: Box, width: number): Block {
  const shape = shapeOf(box, width);
  const { height, head } = shape;
  return {
    id: box.id,
    width,
    height,
    boxes: [{ box, shape, x: 0, y: 0 }],
    ports: [
      { name: "head", x: 0, y: 0, height: head },
      ...box.rows.map(({ id }, index) => ({
        name: id,
        x: 0,
        y: head + rowHeight * index,
        height: rowHeight,
      })),
    ],
  };
}

/** tiles, the boxes in a room: `across` of them beside each other. */
const tiles = { across: 5, width: 158, gap: 10 } as const;
const roomPadding = 12;
const roomHead = 36;

function roomBlock(room: Room): Block {
  const boxes = [...room.leading.flatMap(stacked), ...flowing(room.following, room.leading.length)];
  const width = 2 * roomPadding + tiles.across * tiles.width + (tiles.across - 1) * tiles.gap;
  const used = labelAt(room.used, "quiet", 0, 23);
  const title = labelAt(room.title, "title", roomPadding, 23);
  return {
    id: room.id,
    width,
    height: Math.max(...boxes.map(({ y, shape }) => y + shape.height)) + roomPadding,
    room: [
      title,
      labelAt(room.note, "quiet", title.x + title.width + 10, 23),
      { ...used, x: width - roomPadding - used.width },
    ],
    boxes,
    ports: boxes
      .filter(({ x }) => x === roomPadding)
      .map(({ box, shape, x, y }) => ({ name: box.id, x, y, height: shape.height })),
  };
}

/** stacked boxes of one column of a room. */
function stacked(boxes: readonly Box[], column: number): PlacedBox[] {
  return boxes.map((box, row) => placedAt(box, column, row));
}

/** flowing boxes, from left to right and then below, right of the columns that lead. */
function flowing(boxes: readonly Box[], after: number): PlacedBox[] {
  const across = tiles.across - after;
  return boxes.map((box, index) => placedAt(box, after + (index % across), Math.floor(index / across)));
}

function placedAt(box: Box, column: number, row: number): PlacedBox {
  const shape = shapeOf(box, tiles.width);
  return {
    box,
    shape,
    x: roomPadding + column * (tiles.width + tiles.gap),
    y: roomHead + row * (shape.height + tiles.gap),
  };
}
