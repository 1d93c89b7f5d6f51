import { z } from "zod";

/** exampleOf a field at a path: what the first of some cluster files writes there, where that fits on a line. */
export function exampleOf(
  path: string,
  schema: z.core.$ZodType,
  files: readonly unknown[],
): string | undefined {
  const keys = path.replaceAll("[]", ".[]").split(".");
  const written = files
    .flatMap((file) => valuesAt(file, keys))
    .find((value) => z.safeParse(schema, value).success);
  if (written === undefined || schemaSaysIt(written)) return undefined;
  const text = JSON.stringify(written);
  return text.includes("{") || text.length > 60 ? undefined : text;
}

function schemaSaysIt(value: unknown): boolean {
  return typeof value === "boolean";
}

/** valuesAt a path: under every name where the path has a placeholder, in every element of a list. */
function valuesAt(value: unknown, [key, ...rest]: readonly string[]): unknown[] {
  if (key === undefined) return [value];
  if (typeof value !== "object" || value === null) return [];
  const fields = new Map<string, unknown>(Object.entries(value));
  const inside = key === "[]" || key.startsWith("<") ? [...fields.values()] : [fields.get(key)];
  return inside.filter((one) => one !== undefined).flatMap((one) => valuesAt(one, rest));
}
