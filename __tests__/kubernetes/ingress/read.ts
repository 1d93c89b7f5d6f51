/** valuesAt a path of one or several objects; a list on the way stands for each of its items. */
export function valuesAt(objects: unknown, ...path: readonly string[]): readonly unknown[] {
  const [step, ...rest] = path;
  const values: readonly unknown[] = Array.isArray(objects) ? objects.flat() : [objects];
  if (step === undefined) return values;
  return values.flatMap((value) => (isRecord(value) && step in value ? valuesAt(value[step], ...rest) : []));
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}
