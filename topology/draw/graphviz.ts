import { z } from "zod";

/** Graphviz places what a DOT text describes, and says where as its format json0 does. @see https://graphviz.org/docs/outputs/json/ */
export type Graphviz = (dot: string) => string;

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** Placement of nodes and edges, y downwards. */
export interface Placement {
  /** centers of nodes by name. */
  readonly centers: ReadonlyMap<string, Point>;
  /** curves of the edges that are drawn, in the order of the text: the start, the spline's points, the tip. */
  readonly curves: readonly (readonly Point[])[];
}

/** placementOf Graphviz' answer, in which y grows upwards. */
export function placementOf(json: string): Placement {
  const { bb, objects, edges } = answer.parse(JSON.parse(json));
  const height = Number(bb.split(",")[3]);
  const point = (pair: string): Point => {
    const [x = 0, y = 0] = pair.split(",").map(Number);
    return { x, y: height - y };
  };
  return {
    centers: new Map(objects.flatMap(({ name, pos }) => (pos === undefined ? [] : [[name, point(pos)]]))),
    curves: edges
      .filter(({ style }) => style !== "invis")
      .toSorted((a, b) => a._gvid - b._gvid)
      .map(({ pos }) => curveOf(pos, point)),
  };
}

const answer = z.object({
  bb: z.string(),
  objects: z.array(z.object({ name: z.string(), pos: z.string().optional() })),
  edges: z.array(z.object({ _gvid: z.number(), pos: z.string(), style: z.string().optional() })).default([]),
});

/** curveOf an edge's pos, `e,x,y x,y …`, where the tip stands first. @see https://graphviz.org/docs/attr-types/splineType/ */
function curveOf(pos: string, point: (pair: string) => Point): Point[] {
  const [tip, ...spline] = pos.replace(/^e,/, "").split(" ").map(point);
  return tip === undefined ? [] : [...spline, tip];
}
