import { isDeepStrictEqual } from "node:util";
import type { Json, JsonObject, KubernetesObjectLike } from "./contract";

type Path = readonly (string | number)[];

/** isObject: a JSON object, no list and not null. */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** isList: a JSON list. */
export function isList(value: unknown): value is readonly Json[] {
  return Array.isArray(value);
}

/** isKubernetesObject: it says what it is and how it is called. */
export function isKubernetesObject(value: unknown): value is KubernetesObjectLike {
  return (
    isObject(value) &&
    typeof value["apiVersion"] === "string" &&
    typeof value["kind"] === "string" &&
    typeof at(value, "metadata", "name") === "string"
  );
}

/** at reads a field along path; undefined where it leads nowhere. */
export function at(value: Json | undefined, ...path: Path): Json | undefined {
  return path.reduce<Json | undefined>((found, step) => {
    if (typeof step === "number") return isList(found) ? found[step] : undefined;
    return isObject(found) && Object.hasOwn(found, step) ? found[step] : undefined;
  }, value);
}

export function textAt(value: Json | undefined, ...path: Path): string | undefined {
  const found = at(value, ...path);
  return typeof found === "string" ? found : undefined;
}

export function numberAt(value: Json | undefined, ...path: Path): number | undefined {
  const found = at(value, ...path);
  return typeof found === "number" ? found : undefined;
}

/** listAt reads a list; none is an empty one. */
export function listAt(value: Json | undefined, ...path: Path): readonly Json[] {
  const found = at(value, ...path);
  return isList(found) ? found : [];
}

/** objectAt reads an object; none is an empty one. */
export function objectAt(value: Json | undefined, ...path: Path): JsonObject {
  const found = at(value, ...path);
  return isObject(found) ? found : {};
}

/** textsAt reads a list's or an object's texts: labels, annotations, names. */
export function textsAt(value: Json | undefined, ...path: Path): readonly string[] {
  return listAt(value, ...path).filter((item) => typeof item === "string");
}

export function recordAt(value: Json | undefined, ...path: Path): Readonly<Record<string, string>> {
  const texts = Object.entries(objectAt(value, ...path)).flatMap(([key, item]): [string, string][] =>
    typeof item === "string" ? [[key, item]] : [],
  );
  return Object.fromEntries(texts);
}

/** scalar is a text, number or truth value as text. */
export function scalar(value: Json | undefined): string | undefined {
  return typeof value === "string" || typeof value === "number" || typeof value === "boolean"
    ? String(value)
    : undefined;
}

/** withoutFields gives a copy that lacks these fields. */
export function withoutFields(value: JsonObject, ...fields: readonly string[]): JsonObject {
  return Object.fromEntries(Object.entries(value).filter(([field]) => !fields.includes(field)));
}

/** withField gives a copy in which the field at path is value; undefined removes it. */
export function withField(value: JsonObject, path: readonly string[], field: Json | undefined): JsonObject {
  const [step, ...rest] = path;
  if (step === undefined) return isObject(field) ? field : value;
  const inner = rest.length === 0 ? field : withField(objectAt(value, step), rest, field);
  if (inner === undefined) return Object.fromEntries(Object.entries(value).filter(([key]) => key !== step));
  return { ...value, [step]: inner };
}

/** sameJson: equal in every field; a field that is undefined is no field. */
export function sameJson(one: Json | undefined, other: Json | undefined): boolean {
  return isDeepStrictEqual(compact(one), compact(other));
}

/** compact leaves out fields that are undefined. */
export function compact(value: Json | undefined): Json | undefined {
  if (isList(value)) return value.map((item) => compact(item) ?? null);
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, item]): [string, Json | undefined][] =>
      item === undefined ? [] : [[key, compact(item)]],
    ),
  );
}

/** objectOf is value as a Kubernetes object; a caller that gives something else made a mistake. */
export function objectOf(value: Json | undefined): KubernetesObjectLike {
  if (!isKubernetesObject(value)) throw new Error("no apiVersion, kind or metadata.name in an object");
  return value;
}
