import type { Layout, Subject } from "../subject";

/** Shape of the cluster that faults strike: whole, with edited machines and snippets, or without its worker. */
export type Shape = "whole" | "edited" | "smaller";

export interface FaultsSubject {
  readonly subject: Subject;
  readonly shapes: Readonly<Record<Shape, Layout>>;
  /** foreign, the id of a machine that is not the cluster's, and the id of one more that may come. */
  readonly foreign: number;
}
