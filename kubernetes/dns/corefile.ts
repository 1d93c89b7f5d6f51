/** Plugin as the chart takes it: one directive of the Corefile. */
export interface Plugin {
  readonly name: string;
  readonly parameters?: string | number;
  readonly configBlock?: string;
}

export function lines(...each: readonly string[]): string {
  return each.join("\n");
}

/** narrowestFirst: zones with more labels before those with fewer, else by name: CoreDNS takes the first that fits. */
export function narrowestFirst<T>(zones: Readonly<Record<string, T>>): (readonly [string, T])[] {
  return byName(zones).toSorted(([a], [b]) => labelsOf(b) - labelsOf(a));
}

export function byName<T>(record: Readonly<Record<string, T>>): (readonly [string, T])[] {
  return Object.entries(record).toSorted(([a], [b]) => (a < b ? -1 : 1));
}

export function labelsOf(name: string): number {
  return name.split(".").length;
}
