/** Area on the canvas, in pixels. */
export interface Area {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

export interface ReadLabel extends Area {
  readonly text: string;
  readonly size: number;
  /** box around it; absent = it is of a frame, a room or the sheet. */
  readonly box?: Area;
}

export interface ReadPicture {
  readonly canvas: Area;
  readonly labels: readonly ReadLabel[];
  readonly boxes: readonly Area[];
  readonly rooms: readonly Area[];
  readonly frames: readonly Area[];
  /** arrows, each as points along its curve. */
  readonly arrows: readonly (readonly (readonly [x: number, y: number])[])[];
}

/**
 * readPicture reads an SVG back. A label is as wide as its textLength, which the browser obeys, from 0.77 of its font's
 * size above the baseline (Helvetica's ascender) to 0.23 below.
 */
export function readPicture(svg: string): ReadPicture {
  const sizes = new Map(
    [...svg.matchAll(/^\.(\w+) \{ font-size: (\d+)px/gm)].map(([, style = "", size]) => [
      style,
      Number(size),
    ]),
  );
  const labels: ReadLabel[] = [];
  const areas: Record<string, Area[]> = { border: [], inner: [], group: [] };
  const arrows: Curve[] = [];
  let canvas: Area = { left: 0, top: 0, right: 0, bottom: 0 };
  let offset: readonly [number, number] = [0, 0];
  let box: Area | undefined;
  for (const line of svg.split("\n")) {
    const [, element = ""] = /^<(\/?\w+)/.exec(line) ?? [];
    const style = attribute(line, "class");
    if (element === "svg") canvas = areaOf(line, [0, 0]);
    if (element === "g" && style === "") offset = pairOf(/translate\((.*)\)/.exec(line)?.[1] ?? "");
    if (element === "/g") [box, offset] = box === undefined ? [undefined, [0, 0]] : [undefined, offset];
    if (element === "rect") areas[style]?.push(areaOf(line, offset));
    if (element === "rect" && style === "border") box = areas["border"]?.at(-1);
    if (element === "text") labels.push(labelOf(line, offset, sizes.get(style) ?? NaN, box));
    if (style === "arrow") arrows.push(curveOf(attribute(line, "d"), offset));
  }
  const { border: boxes = [], inner: rooms = [], group: frames = [] } = areas;
  return { canvas, labels, boxes, rooms, frames, arrows };
}

type Curve = readonly (readonly [x: number, y: number])[];
type Offset = readonly [x: number, y: number];

function areaOf(line: string, [x, y]: Offset): Area {
  const left = x + numberOf(line, "x");
  const top = y + numberOf(line, "y");
  return { left, top, right: left + numberOf(line, "width"), bottom: top + numberOf(line, "height") };
}

function labelOf(line: string, [x, y]: Offset, size: number, box: Area | undefined): ReadLabel {
  const left = x + numberOf(line, "x");
  const baseline = y + numberOf(line, "y");
  const text = />(.*)<\/text>$/.exec(line)?.[1] ?? "";
  return {
    text: text.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&"),
    size,
    left,
    right: left + numberOf(line, "textLength"),
    top: baseline - 0.77 * size,
    bottom: baseline + 0.23 * size,
    ...(box === undefined ? {} : { box }),
  };
}

/** curveOf a path `M … C … L …`, as points along each of its Bézier curves. */
function curveOf(d: string, [x, y]: Offset): Curve {
  const numbers = d
    .split(/[MCL ]+/)
    .filter((part) => part !== "")
    .map(Number);
  const points = numbers.flatMap((value, index): [number, number][] =>
    index % 2 === 0 ? [[x + value, y + (numbers[index + 1] ?? NaN)]] : [],
  );
  const tip = points.at(-1) ?? [NaN, NaN];
  const along: [number, number][] = [];
  for (let first = 0; first + 3 < points.length - 1; first += 3) {
    const corners = points.slice(first, first + 4);
    for (let step = 0; step <= 24; step += 1) along.push(bezier(corners, step / 24));
  }
  return [...along, tip];
}

function bezier(corners: readonly (readonly [number, number])[], t: number): [number, number] {
  const weights = [(1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t ** 2 * (1 - t), t ** 3];
  const sum = (axis: 0 | 1) =>
    corners.reduce((total, corner, index) => total + corner[axis] * (weights[index] ?? 0), 0);
  return [sum(0), sum(1)];
}

function pairOf(text: string): Offset {
  const [x = 0, y = 0] = text.split(" ").map(Number);
  return [x, y];
}

function numberOf(line: string, name: string): number {
  return Number(attribute(line, name) || 0);
}

function attribute(line: string, name: string): string {
  return new RegExp(` ${name}="([^"]*)"`).exec(line)?.[1] ?? "";
}
