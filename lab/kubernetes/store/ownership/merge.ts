import type { Json, JsonObject } from "../../contract";
import { isList, isObject } from "../../json";
import { type FieldPath, read, stepOf, written } from "./fields";
import type { Shape } from "./shape";

/** merged is live with everything that applied says; what applied does not mention stays. */
export function merged(live: Json | undefined, applied: Json, shape: Shape): Json {
  if (isObject(applied)) {
    if (!isObject(live) || shape.isAtomic) return withoutNulls(applied);
    const own = Object.entries(applied).flatMap(([field, value]): [string, Json][] =>
      value === undefined || value === null ? [] : [[field, merged(live[field], value, shape.field(field))]],
    );
    return { ...live, ...Object.fromEntries(own) };
  }
  if (!isList(applied) || !isList(live) || shape.list === "atomic") return applied;
  const wanted = new Map(applied.map((item) => [stepOf(item, shape), item]));
  const kept = live.map((item) => {
    const step = stepOf(item, shape);
    const change = wanted.get(step);
    wanted.delete(step);
    return change === undefined ? item : merged(item, change, shape.item());
  });
  return [...kept, ...wanted.values()];
}

/**
 * without leaves out what a manager no longer wants: the topmost of its former fields that are gone as a whole,
 * except what somebody else owns below them (structured-merge-diff: merge/update.go, prune).
 */
export function without(
  object: JsonObject,
  former: ReadonlySet<string>,
  present: ReadonlySet<string>,
  others: ReadonlySet<string>,
  shape: Shape,
): JsonObject {
  const left = withAncestors(present);
  const kept = withAncestors(others);
  const gone = new Set([...withAncestors(former)].filter((path) => !left.has(path)));
  const result = prune(object, [], shape);
  return isObject(result) ? result : object;

  function prune(value: Json, path: FieldPath, here: Shape): Json | undefined {
    const name = written(path);
    if (gone.has(name) && !kept.has(name)) return undefined;
    if (isObject(value)) {
      const fields = Object.entries(value).flatMap(([field, inner]): [string, Json][] => {
        const rest =
          inner === undefined ? undefined : prune(inner, [...path, `f:${field}`], here.field(field));
        return rest === undefined ? [] : [[field, rest]];
      });
      return Object.fromEntries(fields);
    }
    if (!isList(value) || here.list === "atomic") return value;
    return value.flatMap((item) => {
      const rest = prune(item, [...path, stepOf(item, here) ?? ""], here.item());
      return rest === undefined ? [] : [rest];
    });
  }
}

/** mergePatched is RFC 7386: null removes a field, a list is replaced. */
export function mergePatched(target: Json | undefined, patch: Json): Json {
  if (!isObject(patch)) return patch;
  const base = isObject(target) ? target : {};
  const fields = new Map(Object.entries(base));
  for (const [field, value] of Object.entries(patch)) {
    if (value === null) fields.delete(field);
    else if (value !== undefined) fields.set(field, mergePatched(base[field], value));
  }
  return Object.fromEntries(fields);
}

function withAncestors(paths: ReadonlySet<string>): ReadonlySet<string> {
  const all = new Set<string>();
  for (const path of paths) {
    const steps = read(path);
    steps.forEach((_, index) => all.add(written(steps.slice(0, index + 1))));
  }
  return all;
}

function withoutNulls(value: Json): Json {
  if (isList(value)) return value.map(withoutNulls);
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([field, inner]): [string, Json][] =>
      inner === undefined || inner === null ? [] : [[field, withoutNulls(inner)]],
    ),
  );
}
