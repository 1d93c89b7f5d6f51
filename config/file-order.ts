import type { Place, Problem } from "./problem";

/** placesOf makes places in one cluster of a file; the cluster is named only where the file has several. */
export function placesOf(literals: readonly unknown[], cluster: number): (...keys: string[]) => Place {
  if (literals.length === 1) return (...keys) => ({ cluster, keys });
  const names = literals.map(nameOf);
  const name = names[cluster];
  const alone = name !== undefined && names.indexOf(name) === names.lastIndexOf(name);
  const label = alone ? name : `cluster ${cluster + 1} of ${literals.length}`;
  return (...keys) => ({ cluster, label, keys });
}

/** inFileOrder sorts problems by where their first place stands in the file; what is missing stands at its parent's end. */
export function inFileOrder(literals: readonly unknown[], problems: readonly Problem[]): Problem[] {
  const ranked = problems.map((problem) => ({ problem, rank: rankOf(literals, problem.places[0]) }));
  return ranked.sort((a, b) => compare(a.rank, b.rank)).map(({ problem }) => problem);
}

/** within: one of two places holds the other. */
export function within(a: Place, b: Place): boolean {
  const depth = Math.min(a.keys.length, b.keys.length);
  return a.cluster === b.cluster && a.keys.slice(0, depth).every((key, index) => key === b.keys[index]);
}

function rankOf(literals: readonly unknown[], place: Place): number[] {
  const rank = [place.cluster];
  let value = literals[place.cluster];
  for (const key of place.keys) {
    const keys = isRecord(value) ? Object.keys(value) : [];
    rank.push(keys.includes(key) ? keys.indexOf(key) : keys.length);
    value = isRecord(value) ? value[key] : undefined;
  }
  return rank;
}

function compare(a: readonly number[], b: readonly number[]): number {
  for (const [index, rank] of a.entries()) {
    const difference = rank - (b[index] ?? -1);
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
}

function nameOf(literal: unknown): string | undefined {
  const name = isRecord(literal) ? literal["name"] : undefined;
  return typeof name === "string" ? name : undefined;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}
