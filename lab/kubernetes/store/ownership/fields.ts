import type { Json, JsonObject } from "../../contract";
import { isList, isObject, sameJson } from "../../json";
import type { Shape } from "./shape";

/** FieldPath is a place in an object in the words of `fieldsV1`: `f:spec`, `k:{"name":"app"}`, `v:"x"`. */
export type FieldPath = readonly string[];

const separator = "\n";
/** unowned: what an object is, and not what somebody wants of it. */
const unowned = new Set(["apiVersion", "kind"]);
const unownedMetadata = new Set([
  ...["name", "namespace", "uid", "resourceVersion", "generation", "creationTimestamp", "deletionTimestamp"],
  ...["deletionGracePeriodSeconds", "managedFields", "generateName", "selfLink"],
]);

/** fieldsOf an object are its leaves, and the items of lists whose items are told apart. */
export function fieldsOf(object: JsonObject, shape: Shape): ReadonlySet<string> {
  const found = new Set<string>();
  for (const [name, value] of Object.entries(object)) {
    if (unowned.has(name) || value === undefined || value === null) continue;
    if (name === "metadata" && isObject(value)) {
      for (const [field, inner] of Object.entries(value))
        if (!unownedMetadata.has(field))
          collect(inner, shape.field(name).field(field), ["f:metadata", `f:${field}`], found);
    } else collect(value, shape.field(name), [`f:${name}`], found);
  }
  return found;
}

export function written(path: FieldPath): string {
  return path.join(separator);
}

export function read(path: string): FieldPath {
  return path.split(separator);
}

/** valueAt a field of object; undefined where there is none. */
export function valueAt(object: Json | undefined, path: FieldPath, shape: Shape): Json | undefined {
  const [step, ...rest] = path;
  if (step === undefined) return object;
  if (step.startsWith("f:"))
    return isObject(object) ? valueAt(object[step.slice(2)], rest, shape.field(step.slice(2))) : undefined;
  if (!isList(object)) return undefined;
  return valueAt(
    object.find((item) => stepOf(item, shape) === step),
    rest,
    shape.item(),
  );
}

/** stepOf an item of a list: how fieldsV1 names it; undefined in a list that is one value. */
export function stepOf(item: Json, shape: Shape): string | undefined {
  if (shape.list === "atomic") return undefined;
  if (shape.list === "set") return `v:${JSON.stringify(item)}`;
  const keys = [...shape.list].sort().flatMap((key) => {
    const value = isObject(item) ? (item[key] ?? keyDefaults[key]) : undefined;
    return value === undefined ? [] : [[key, value] as const];
  });
  return `k:${JSON.stringify(Object.fromEntries(keys))}`;
}

/** changedFields of after that before lacks or has with another value. */
export function changedFields(before: JsonObject, after: JsonObject, shape: Shape): ReadonlySet<string> {
  const all = [...fieldsOf(after, shape)];
  return new Set(
    all.filter((path) => !sameJson(valueAt(before, read(path), shape), valueAt(after, read(path), shape))),
  );
}

/** shownPath is how a conflict names a field: `.spec.containers[name="app"].image`. */
export function shownPath(path: string): string {
  return read(path)
    .map((step) => {
      if (step.startsWith("f:")) return `.${step.slice(2)}`;
      if (step.startsWith("v:")) return `[=${step.slice(2)}]`;
      const parsed: unknown = JSON.parse(step.slice(2));
      const keys = isObject(parsed) ? Object.entries(parsed) : [];
      return `[${keys.map(([key, value]) => `${key}=${JSON.stringify(value)}`).join(",")}]`;
    })
    .join("");
}

const keyDefaults: Readonly<Record<string, Json>> = { protocol: "TCP" };

function collect(value: Json | undefined, shape: Shape, path: FieldPath, found: Set<string>): void {
  if (value === undefined || value === null) return;
  const isWhole = isObject(value)
    ? shape.isAtomic || Object.keys(value).length === 0
    : !isList(value) || shape.list === "atomic" || value.length === 0;
  if (isWhole) found.add(written(path));
  else if (isObject(value)) {
    for (const [field, inner] of Object.entries(value))
      collect(inner, shape.field(field), [...path, `f:${field}`], found);
  } else if (isList(value)) {
    for (const item of value) {
      const own = [...path, stepOf(item, shape) ?? ""];
      found.add(written(own));
      if (isObject(item)) collect(item, shape.item(), own, found);
    }
  }
}
