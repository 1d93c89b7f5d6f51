import { z } from "zod";
import * as fields from "../../../lab/charts/kubernetes-fields";

const ofKubernetes = new Set<unknown>(Object.values(fields));

/** knownPaths of a schema, down to Kubernetes' own fields; `*` stands for a key that a user names. */
export function knownPaths(schema: z.core.$ZodType, path: readonly string[] = []): string[] {
  if (ofKubernetes.has(schema)) return [];
  if (schema instanceof z.ZodObject) {
    return Object.entries(z.record(z.string(), z.instanceof(z.ZodType)).parse(schema.shape)).flatMap(
      ([key, inner]) => {
        const here = [...path, key];
        return [here.join("."), ...knownPaths(inner, here)];
      },
    );
  }
  if (schema instanceof z.ZodRecord) return knownPaths(schema.valueType, [...path, "*"]);
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodNullable || schema instanceof z.ZodDefault)
    return knownPaths(schema.unwrap(), path);
  return [];
}

/** openPaths of a schema, where it would take a key that it does not name. */
export function openPaths(schema: z.core.$ZodType, path: readonly string[] = []): string[] {
  if (schema instanceof z.ZodObject) {
    const shape = z.record(z.string(), z.instanceof(z.ZodType)).parse(schema.shape);
    const inner = Object.entries(shape).flatMap(([key, each]) => openPaths(each, [...path, key]));
    return schema._zod.def.catchall instanceof z.ZodNever ? inner : [path.join("."), ...inner];
  }
  if (schema instanceof z.ZodRecord) return openPaths(schema.valueType, [...path, "*"]);
  if (schema instanceof z.ZodArray) return openPaths(schema.element, [...path, "*"]);
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodNullable || schema instanceof z.ZodDefault)
    return openPaths(schema.unwrap(), path);
  return [];
}

/** isIn tells whether a chart's values.yaml has a key at a path; what lies below an empty map is anybody's. */
export function isIn(values: unknown, path: readonly string[]): boolean {
  const [key, ...rest] = path;
  if (key === undefined) return true;
  const map = z.record(z.string(), z.unknown()).safeParse(values);
  if (!map.success) return values === null || Array.isArray(values);
  if (Object.keys(map.data).length === 0) return true;
  if (key === "*") return Object.values(map.data).some((each) => isIn(each, rest));
  return key in map.data && isIn(map.data[key], rest);
}

/** isInSchema tells the same of a chart's values.schema.json. */
export function isInSchema(root: unknown, path: readonly string[]): boolean {
  const definitions = node.parse(root);
  const resolved = (schema: unknown): Node => {
    const found = node.parse(schema);
    if (found.$ref === undefined) return found;
    const name = found.$ref.replace(/^#\/(\$defs|definitions)\//, "");
    return resolved(definitions.$defs?.[name]);
  };
  let here = resolved(root);
  for (const key of path) {
    const named = here.properties?.[key];
    if (named !== undefined) here = resolved(named);
    else if (here.properties === undefined && here.additionalProperties !== false) return true;
    else if (key === "*" && here.properties !== undefined) return true;
    else return false;
  }
  return true;
}

const node = z.looseObject({
  $ref: z.string().optional(),
  $defs: z.record(z.string(), z.unknown()).optional(),
  properties: z.record(z.string(), z.unknown()).optional(),
  additionalProperties: z.unknown().optional(),
});
type Node = z.infer<typeof node>;
