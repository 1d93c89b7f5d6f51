import type { ObjectRef } from "./objects";

/** Request as a visitor sends it. */
export interface Request {
  readonly url: URL;
  readonly method: string;
  /** headers, names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
}

/** Hop is one step of a request's way, and the object that makes it. */
export interface Hop {
  /** at: what a reader of the way calls this step. */
  readonly at:
    "address" | "announcement" | "service" | "route" | "policy" | "backend" | "pods" | "certificate";
  readonly object: ObjectRef;
  /** says, what the object decides here. */
  readonly says: string;
}

/** Way of a request: its hops, and how it ends. */
export interface Way {
  readonly hops: readonly Hop[];
  readonly end: End;
}

export type End =
  /** answered by pods; each with the share of requests that it gets. */
  | { readonly kind: "answered"; readonly by: readonly Answerer[] }
  /** answered by the controller itself. */
  | { readonly kind: "redirected"; readonly status: number; readonly to: string }
  /** left: to a name outside the cluster. */
  | { readonly kind: "left"; readonly host: string }
  /** lost: nobody answers, and why. */
  | { readonly kind: "lost"; readonly why: string };

export interface Answerer {
  readonly service: string;
  readonly namespace: string;
  readonly port: number;
  readonly percent: number;
}

/** Lost ends a way where an object is missing. */
export class Lost extends Error {}

export function lost(why: string): never {
  throw new Lost(why);
}
