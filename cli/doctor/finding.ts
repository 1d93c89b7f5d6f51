/** Finding, one line of the report. */
export type Finding = Said | Trouble | Unchecked;

/** Said, what is as it should be, or what is worth knowing and stops no deploy. */
export interface Said {
  readonly result: "ok" | "note";
  readonly says: string;
}

/** Trouble stops a deploy, or will soon. */
export interface Trouble {
  readonly result: "problem";
  /** code, stable: `doctor/<what is wrong>`. */
  readonly code: `doctor/${string}`;
  /** where to look first: a field of the cluster file, a variable of the environment, a program. */
  readonly where: string;
  readonly found: string;
  readonly why: string;
  /** fix, the smallest one. */
  readonly fix: string;
}

export interface Unchecked {
  readonly result: "not checked";
  readonly what: string;
  readonly because: string;
}

export interface Section {
  readonly title: string;
  readonly findings: readonly Finding[];
}

export function ok(says: string): Said {
  return { result: "ok", says };
}

export function note(says: string): Said {
  return { result: "note", says };
}

export function problem(
  code: Trouble["code"],
  where: string,
  words: Pick<Trouble, "found" | "why" | "fix">,
): Trouble {
  return { result: "problem", code, where, ...words };
}

export function unchecked(what: string, because: string): Unchecked {
  return { result: "not checked", what, because };
}
