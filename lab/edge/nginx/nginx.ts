import type { Part } from "../../engine/part";
import type { Dialect } from "./dialect";

/** Nginx reads the files of a folder; it serves them, or only says what it thinks of them. */
export interface Nginx {
  readonly state: "real" | "left out";
  readonly part: Part;
  readonly dialect: Dialect;
  /** test the files as they lie there: nginx's words when it refuses them. */
  test(): Promise<string | undefined>;
  /** reload what is served, once the files have passed their test. */
  reload(): Promise<void>;
  /** log, its last lines. */
  log(): readonly string[];
  close(): Promise<void>;
}
