import { z } from "zod";

/** Issue is one thing that zod says, at its full path. */
export type Issue = z.core.$ZodIssue;

/** flattened: where a value may be one of several shapes, only the issues with the shape it most looks like. */
export function flattened(issues: readonly Issue[], parent: readonly PropertyKey[] = []): Issue[] {
  return issues.flatMap((issue): Issue[] => {
    const path = [...parent, ...issue.path];
    if (issue.code !== "invalid_union") return [{ ...issue, path }];
    const shapes = issue.errors.map((shape) => flattened(shape));
    const [likeliest] = [...shapes].sort((a, b) => distance(a) - distance(b));
    if (likeliest === undefined) return [{ ...issue, path }];
    return likeliest.map((one) => ({ ...withEveryChoice(one, shapes), path: [...path, ...one.path] }));
  });
}

/** withEveryChoice: a word that none of the shapes knows could have been any one's. */
function withEveryChoice(issue: Issue, shapes: readonly (readonly Issue[])[]): Issue {
  if (issue.code !== "invalid_value") return issue;
  const path = JSON.stringify(issue.path);
  const choices = shapes.map((shape) => shape.find((other) => JSON.stringify(other.path) === path));
  const values = choices.flatMap((choice) => (choice?.code === "invalid_value" ? choice.values : []));
  return { ...issue, values: [...new Set(values)] };
}

/** fieldsAt says which fields the schema knows at a path, of the shapes that the value has there; none where it takes any name. */
export function fieldsAt(schema: z.core.$ZodType, path: readonly PropertyKey[], value?: unknown): string[] {
  const [key, ...rest] = path;
  if (schema instanceof z.ZodOptional) return fieldsAt(schema.unwrap(), path, value);
  if (schema instanceof z.ZodPipe) return fieldsAt(schema.in, path, value);
  if (schema instanceof z.ZodUnion) {
    const alike = schema.options.filter((option) => hasShape(option, value));
    const options = alike.length > 0 ? alike : schema.options;
    return [...new Set(options.flatMap((option) => fieldsAt(option, path, value)))];
  }
  const inner = key === undefined ? undefined : valueAt(value, [key]);
  if (schema instanceof z.ZodObject) {
    if (key === undefined) return Object.keys(schema.shape);
    const fields = new Map<PropertyKey, z.core.$ZodType>(Object.entries(schema.shape));
    const field = fields.get(key);
    return field === undefined ? [] : fieldsAt(field, rest, inner);
  }
  if (schema instanceof z.ZodRecord) return key === undefined ? [] : fieldsAt(schema.valueType, rest, inner);
  if (schema instanceof z.ZodArray) return key === undefined ? [] : fieldsAt(schema.element, rest, inner);
  return [];
}

/** hasShape: every field that an object must have is there, and each one that names the shape names this one. */
function hasShape(schema: z.core.$ZodType, value: unknown): boolean {
  if (schema instanceof z.ZodUnion) return schema.options.some((option) => hasShape(option, value));
  if (!(schema instanceof z.ZodObject)) return false;
  const fields = new Map<string, z.core.$ZodType>(Object.entries(schema.shape));
  return [...fields].every(([field, type]) => {
    const written = valueAt(value, [field]);
    if (type instanceof z.ZodOptional && written === undefined) return true;
    const inside = type instanceof z.ZodOptional ? type.unwrap() : type;
    return inside instanceof z.ZodLiteral ? inside.safeParse(written).success : written !== undefined;
  });
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
      if (String(index) !== String(key)) return [element];
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

/** distance of a value from a shape: what is wrong at the top weighs most, and a shape that goes by another name. */
function distance(issues: readonly Issue[]): number {
  return issues.reduce((sum, issue) => sum + weightOf(issue), 0);
}

function weightOf(issue: Issue): number {
  if (issue.path.length === 0) return issue.code === "unrecognized_keys" ? 10 * issue.keys.length : 100;
  if (issue.path.length > 1) return 1;
  if (issue.code === "invalid_value" && typeof issue.values[0] === "string")
    return issue.values.length === 1 ? 25 : 20;
  return issue.code === "invalid_type" ? 5 : 1;
}
