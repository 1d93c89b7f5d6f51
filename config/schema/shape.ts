import { z } from "zod";

/** Issue is one thing that zod says, at its full path. */
export type Issue = z.core.$ZodIssue;

/** flattened: where a value may be one of several shapes, only the issues with the shape it most looks like. */
export function flattened(issues: readonly Issue[], parent: readonly PropertyKey[] = []): Issue[] {
  return issues.flatMap((issue): Issue[] => {
    const path = [...parent, ...issue.path];
    if (issue.code !== "invalid_union") return [{ ...issue, path }];
    const [likeliest] = [...issue.errors].sort((a, b) => distance(a) - distance(b));
    return likeliest === undefined ? [{ ...issue, path }] : flattened(likeliest, path);
  });
}

/** fieldsAt says which fields the schema knows at a path; none where it takes any name. */
export function fieldsAt(schema: z.core.$ZodType, path: readonly PropertyKey[]): string[] {
  const [key, ...rest] = path;
  if (schema instanceof z.ZodOptional) return fieldsAt(schema.unwrap(), path);
  if (schema instanceof z.ZodPipe) return fieldsAt(schema.in, path);
  if (schema instanceof z.ZodUnion) {
    return [...new Set(schema.options.flatMap((option) => fieldsAt(option, path)))];
  }
  if (schema instanceof z.ZodObject) {
    if (key === undefined) return Object.keys(schema.shape);
    const fields = new Map<PropertyKey, z.core.$ZodType>(Object.entries(schema.shape));
    const field = fields.get(key);
    return field === undefined ? [] : fieldsAt(field, rest);
  }
  if (schema instanceof z.ZodRecord) return key === undefined ? [] : fieldsAt(schema.valueType, rest);
  if (schema instanceof z.ZodArray) return key === undefined ? [] : fieldsAt(schema.element, rest);
  return [];
}

export function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>((inner, key) => {
    if (typeof inner !== "object" || inner === null) return undefined;
    const fields = new Map<PropertyKey, unknown>(Object.entries(inner));
    return fields.get(typeof key === "number" ? String(key) : key);
  }, value);
}

/** withValue: a copy with another value at a path, or without it where the value is undefined. */
export function withValue(value: unknown, path: readonly PropertyKey[], replacement: unknown): unknown {
  const [key, ...rest] = path;
  if (key === undefined) return replacement;
  if (Array.isArray(value)) {
    return value.flatMap((element: unknown, index) => {
      if (index !== key) return [element];
      const replaced = withValue(element, rest, replacement);
      return replaced === undefined ? [] : [replaced];
    });
  }
  const fields = new Map(typeof value === "object" && value !== null ? Object.entries(value) : []);
  const replaced = withValue(fields.get(String(key)), rest, replacement);
  if (replaced === undefined) fields.delete(String(key));
  else fields.set(String(key), replaced);
  return Object.fromEntries(fields);
}

/** distance of a value from a shape: what is wrong at the top weighs most. */
function distance(issues: readonly Issue[]): number {
  return issues.reduce((sum, { path, code }) => {
    if (path.length === 0) return sum + (code === "unrecognized_keys" ? 10 : 100);
    return sum + (path.length === 1 && code === "invalid_type" ? 5 : 1);
  }, 0);
}
