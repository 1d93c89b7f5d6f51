/** Demand, what machines ask of their hosts in all. */
export interface Demand {
  readonly cores: number;
  /** memory in MiB. */
  readonly memory: number;
  /** disk in GiB. */
  readonly disk: number;
}

/** demandOf machines, all of it counted as used: ballooning is off, and thin volumes fill. */
export function demandOf(machines: readonly Demand[]): Demand {
  const sum = (fact: keyof Demand) => machines.reduce((total, machine) => total + machine[fact], 0);
  return { cores: sum("cores"), memory: sum("memory"), disk: sum("disk") };
}

/** templateDisks in GiB; an installer's disk is as large as its template's. */
export function templateDisks(templates: readonly { readonly installer?: object }[], disk: number): number {
  return templates.reduce((total, { installer }) => total + (installer === undefined ? 1 : 2) * disk, 0);
}
