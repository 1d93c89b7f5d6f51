import type { Json, JsonObject } from "../../contract";
import { at, isList, isObject, listAt, objectAt } from "../../json";

const rootFields = ["apiVersion", "kind", "metadata"];

/**
 * unknownFields are the paths that a structural schema does not declare. What is below
 * `x-kubernetes-preserve-unknown-fields` is known, whatever it is.
 */
export function unknownFields(schema: JsonObject, value: Json | undefined, path = ""): readonly string[] {
  if (isList(value)) {
    const items = objectAt(schema, "items");
    return value.flatMap((item, index) => unknownFields(items, item, `${path}[${index}]`));
  }
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([field, inner]) => {
    if (path === "" && rootFields.includes(field)) return [];
    const where = path === "" ? field : `${path}.${field}`;
    const declared = fieldSchema(schema, field);
    return declared === undefined ? [where] : unknownFields(declared, inner, where);
  });
}

/** pruned leaves out what the schema does not declare. */
export function pruned(schema: JsonObject, value: Json, isRoot = true): Json {
  if (isList(value)) return value.map((item) => pruned(objectAt(schema, "items"), item, false));
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([field, inner]): [string, Json][] => {
      if (inner === undefined) return [];
      if (isRoot && rootFields.includes(field)) return [[field, inner]];
      const declared = fieldSchema(schema, field);
      return declared === undefined ? [] : [[field, pruned(declared, inner, false)]];
    }),
  );
}

/** defaulted fills in the defaults that the schema declares. */
export function defaulted(schema: JsonObject, value: Json): Json {
  if (isList(value)) return value.map((item) => defaulted(objectAt(schema, "items"), item));
  if (!isObject(value)) return value;
  const missing = Object.entries(objectAt(schema, "properties")).flatMap(([field, declared]) => {
    const byDefault = value[field] === undefined ? at(declared, "default") : undefined;
    return byDefault === undefined ? [] : [[field, byDefault] as const];
  });
  return Object.fromEntries(
    [...Object.entries(value), ...missing].map(([field, inner]) => {
      const declared = fieldSchema(schema, field);
      return [field, declared === undefined || inner === undefined ? inner : defaulted(declared, inner)];
    }),
  );
}

/** fieldSchema of an object's field; undefined = it is not declared. */
export function fieldSchema(schema: JsonObject, field: string): JsonObject | undefined {
  const declared = at(schema, "properties", field);
  if (isObject(declared)) return declared;
  const others = schema["additionalProperties"];
  if (isObject(others)) return others;
  const open = others === true || schema["x-kubernetes-preserve-unknown-fields"] === true;
  return open ? anything : undefined;
}

/** listKeys of a list of the schema: field names that tell items apart, a set, or one value as a whole. */
export function listKeys(schema: JsonObject): readonly string[] | "set" | "atomic" {
  if (schema["x-kubernetes-list-type"] === "set") return "set";
  const keys = listAt(schema, "x-kubernetes-list-map-keys").filter((key) => typeof key === "string");
  return schema["x-kubernetes-list-type"] === "map" ? keys : "atomic";
}

const anything: JsonObject = {
  "x-kubernetes-preserve-unknown-fields": true,
  items: { "x-kubernetes-preserve-unknown-fields": true },
};
