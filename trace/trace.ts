import type { ObjectRef } from "./objects";

/** Request as a visitor sends it. */
export interface Request {
  readonly url: URL;
  readonly method: string;
  /** headers, names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** from, the address that the connection comes from; absent = not told, and no rule about addresses turns it away. */
  readonly from?: string;
}

/** Upstream that the proxy in front asks. */
export interface Upstream {
  readonly scheme: "http" | "https";
  readonly host: string;
  readonly port: number;
}

/** EdgeHop is one step in the proxy in front of the cluster, and the row there that makes it. */
export interface EdgeHop {
  readonly at: "edge" | "edge certificate";
  readonly object: EdgeRef;
  readonly says: string;
}

/** EdgeRef names one row of the proxy. */
export interface EdgeRef {
  readonly kind: "ProxyHost" | "RedirectionHost" | "DeadHost" | "Stream" | "Certificate";
  /** name of it in a plan, or its number in the proxy. */
  readonly name: string;
}

/** Hop is one step of a request's way in a cluster, and the object that makes it. */
export interface Hop {
  /** at: what a reader of the way calls this step. */
  readonly at: "address" | "announcement" | "service" | "route" | "policy" | "backend" | "pods";
  readonly object: ObjectRef;
  /** says, what the object decides here. */
  readonly says: string;
}

/** Step of a way, wherever it is. */
export type Step = EdgeHop | Hop;

/** Way of a request: its hops, and how it ends. */
export interface Way<Each = Hop> {
  readonly hops: readonly Each[];
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
