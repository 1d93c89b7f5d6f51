/** Path to a text or number within a value. */
export type Path = readonly (string | number)[];

/** leaves of a value: the path of every text and number in it. */
export function leaves(value: unknown, path: Path = []): readonly Path[] {
  if (typeof value === "string" || typeof value === "number") return [path];
  if (Array.isArray(value)) return value.flatMap((each, index) => leaves(each, [...path, index]));
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, each]) => leaves(each, [...path, key]));
}

export function at(value: unknown, [key, ...rest]: Path): unknown {
  if (key === undefined) return value;
  if (typeof value !== "object" || value === null) return undefined;
  return at(new Map<string, unknown>(Object.entries(value)).get(String(key)), rest);
}

/** withLeaf returns the value with something else at a path, whatever its type says. */
export function withLeaf<T>(value: T, path: Path, leaf: unknown): T {
  const copy: T = JSON.parse(JSON.stringify(value));
  Object.assign(Object(at(copy, path.slice(0, -1))), { [String(path.at(-1))]: leaf });
  return copy;
}
