import type { EngineName } from "../model/ingress";

/** CapabilityRow is one thing a route can ask for, and what each engine makes of it. */
export interface CapabilityRow {
  /** field of `cluster.ts` that asks for it. */
  readonly field: string;
  readonly title: string;
  readonly engines: Readonly<Record<EngineName, Cell>>;
}

/** Cell: the engine's own field that does it, or a gap. */
export type Cell = string | Gap;

/** Gap: why an engine cannot. */
export interface Gap {
  readonly gap: string;
}

export function gap(why: string): Gap {
  return { gap: why };
}
