/** Picture of what a cluster file describes: a sheet for each of its clusters. */
export interface Picture {
  readonly sheets: readonly Sheet[];
}

/** Sheet is one cluster: the way of its requests above, its machines below. */
export interface Sheet {
  readonly title: string;
  readonly subtitle: string;
  /** description in a few sentences, for who cannot see the picture. */
  readonly description: string;
  readonly parts: readonly Part[];
}

/** Part is laid out by itself: columns from left to right, and what leads from one to another. */
export interface Part {
  readonly name: string;
  readonly columns: readonly (readonly Item[])[];
  /** frame around its last columns. */
  readonly frame: Frame;
  readonly arrows: readonly Arrow[];
}

export interface Frame {
  readonly title: string;
  readonly note: string;
  /** first column that it is around. */
  readonly first: number;
}

export type Item = Box | Room;

export interface Box {
  /** id, unique in its part. */
  readonly id: string;
  readonly kind: BoxKind;
  readonly title: string;
  readonly lines: readonly string[];
  /** rows below the title; arrows may begin and end at one. */
  readonly rows: readonly Row[];
}

export type BoxKind =
  | "visitor"
  | "edge"
  | "pool"
  | "ingress"
  | "service"
  | "api"
  | "load-balancer"
  | "server"
  | "worker"
  | "more";

export interface Row {
  /** id, unique in its box. */
  readonly id: string;
  readonly text: string;
  /** note at the other side; may be empty. */
  readonly note: string;
}

/** Room is a Proxmox host with its machines. */
export interface Room {
  readonly id: string;
  readonly kind: "room";
  readonly title: string;
  readonly note: string;
  /** used, how much of it is given away. */
  readonly used: string;
  /** leading boxes, column by column, alike in every room of a part; arrows end at the first column. */
  readonly leading: readonly (readonly Box[])[];
  /** following boxes, beside each other as there is room. */
  readonly following: readonly Box[];
}

export interface Arrow {
  readonly from: End;
  readonly to: End;
}

/** End of an arrow: a box, or one row of it. */
export interface End {
  readonly box: string;
  readonly row?: string;
}

/** boxesOf items, those of rooms among them. */
export function boxesOf(items: readonly Item[]): Box[] {
  return items.flatMap((item) =>
    item.kind === "room" ? [...item.leading.flat(), ...item.following] : [item],
  );
}
