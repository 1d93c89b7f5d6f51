import type { Arrow, Frame, Part } from "../picture";
import { type Block, blocksOf, portOf } from "./block";
import { dotOf } from "./dot";
import { type Graphviz, type Placement, type Point, placementOf } from "./graphviz";

export interface Rectangle extends Point {
  readonly width: number;
  readonly height: number;
}

/** Layout of a part, y downwards from its upper left corner. */
export interface Layout {
  readonly width: number;
  readonly height: number;
  readonly frame: Rectangle & Pick<Frame, "title" | "note">;
  readonly blocks: readonly PlacedBlock[];
  /** curves of arrows: a start, three points for each Bézier curve, and the tip. */
  readonly curves: readonly (readonly Point[])[];
}

export interface PlacedBlock extends Point {
  readonly block: Block;
}

/** layoutOf a part that is `width` wide, or wider where it does not fit. */
export function layoutOf(part: Part, graphviz: Graphviz, width: number): Layout {
  const natural = part.columns.map((column) => blocksOf(column, 0));
  const paddings = part.frame.first === 0 ? 2 : 1;
  const free = width - paddings * framePadding - sumOf(natural.map(([first]) => first?.width ?? 0));
  const gaps = part.columns.length - 1;
  const gap = Math.max(space.least, Math.min(space.most, Math.floor(free / gaps)));
  const growing = part.columns.filter(([first]) => first?.kind !== "room").length;
  const wider = Math.max(0, Math.min(space.wider, Math.floor((free - gap * gaps) / growing)));
  const columns = part.columns.map((column) => blocksOf(column, wider));
  return framed(part, columns, placementOf(graphviz(dotOf(columns, part.arrows, gap))), width);
}

/** space between columns; what is free beyond it widens boxes, a little. */
const space = { least: 50, most: 110, wider: 40 } as const;
const framePadding = 14;
const frameHead = 36;

/** framed: the frame is around its columns and the arrows among them, to the right edge of the part. */
function framed(
  { frame, arrows }: Part,
  columns: readonly (readonly Block[])[],
  placed: Placement,
  width: number,
): Layout {
  const blocks = columns.map((column) => column.map((block) => ({ block, ...cornerOf(block, placed) })));
  const all = blocks.flat();
  const inside = blocks.slice(frame.first).flat();
  const curves = arrows.map((arrow, index) => reaching(placed.curves[index] ?? [], arrow, all));
  const within = curves.filter((_, index) => {
    const ends = [arrows[index]?.from.box, arrows[index]?.to.box];
    return ends.every((id) => inside.some(({ block }) => block.boxes.some(({ box }) => box.id === id)));
  });
  const core = around([...inside.flatMap(cornersOf), ...within.flat()]);
  const left = Math.min(...all.map(({ x }) => x), core.x - framePadding);
  const border = {
    x: core.x - framePadding,
    y: core.y - frameHead,
    width: Math.max(core.width + 2 * framePadding, left + width - core.x + framePadding),
    height: core.height + frameHead + framePadding,
  };
  const whole = around([...all.flatMap(cornersOf), ...curves.flat(), ...cornersOfRectangle(border)]);
  const moved = <P extends Point>(point: P): P => ({ ...point, x: point.x - whole.x, y: point.y - whole.y });
  return {
    width: whole.width,
    height: whole.height,
    frame: { ...moved(border), title: frame.title, note: frame.note },
    blocks: all.map(moved),
    curves: curves.map((curve) => curve.map(moved)),
  };
}

function cornerOf({ id, width, height }: Block, { centers }: Placement): Point {
  const center = centers.get(id);
  if (center === undefined) throw new Error(`${id} was not placed`);
  return { x: center.x - width / 2, y: center.y - height / 2 };
}

/** reaching: an arrow goes on from the border of a room to the box in it. */
function reaching(curve: readonly Point[], { to }: Arrow, blocks: readonly PlacedBlock[]): readonly Point[] {
  const aim = blocks.find(({ block }) => block.boxes.some(({ box }) => box.id === to.box));
  const tip = curve.at(-1);
  if (aim === undefined || tip === undefined) throw new Error(`the arrow to ${to.box} was not placed`);
  return [...curve.slice(0, -1), { x: tip.x + portOf(to, aim.block).x, y: tip.y }];
}

function cornersOf({ block, x, y }: PlacedBlock): Point[] {
  return cornersOfRectangle({ x, y, width: block.width, height: block.height });
}

function cornersOfRectangle({ x, y, width, height }: Rectangle): Point[] {
  return [
    { x, y },
    { x: x + width, y: y + height },
  ];
}

/** around: the smallest rectangle with all points in it. */
function around(points: readonly Point[]): Rectangle {
  const xs = points.map(({ x }) => x);
  const ys = points.map(({ y }) => y);
  const x = Math.min(...xs);
  const y = Math.min(...ys);
  return { x, y, width: Math.max(...xs) - x, height: Math.max(...ys) - y };
}

function sumOf(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
