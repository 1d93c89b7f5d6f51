import { z } from "zod";
import type { Json } from "../kubernetes/contract";
import { isObject } from "../kubernetes/json";
import { ChartRefusal } from "./chart";

/**
 * readValues lays values over a chart's defaults as Helm does and reads the result. A real chart takes a key that
 * none of its templates reads without a word; here it is refused.
 */
export function readValues<T>(chart: string, schema: z.ZodType<T>, defaults: Json, values: unknown): T {
  const read = schema.safeParse(coalesced(defaults, z.json().parse(values ?? {})));
  if (read.success) return read.data;
  throw new ChartRefusal(
    [
      `The lab's rendering of ${chart} does not take these values:`,
      ...read.error.issues.flatMap(complaints).map((line) => `  ${line}`),
    ].join("\n"),
  );
}

/** coalesced: maps are merged, anything else replaces the default, null takes a default away. */
export function coalesced(defaults: Json, values: Json): Json {
  if (!isObject(defaults) || !isObject(values)) return values;
  const merged: Record<string, Json | undefined> = { ...defaults };
  for (const [key, value] of Object.entries(values)) {
    const before = merged[key];
    if (value === undefined) continue;
    if (value === null && before !== undefined) Reflect.deleteProperty(merged, key);
    else merged[key] = before === undefined ? value : coalesced(before, value);
  }
  return merged;
}

function complaints(issue: z.core.$ZodIssue): string[] {
  if (issue.code === "unrecognized_keys")
    return issue.keys.map((key) => `${place([...issue.path, key])}: no such value is known`);
  if (issue.code === "invalid_union") {
    const closest = [...issue.errors].sort((a, b) => depth(b) - depth(a))[0] ?? [];
    const nested = closest.map((each) => ({ ...each, path: [...issue.path, ...each.path] }));
    if (nested.some(({ code }) => code === "unrecognized_keys")) return nested.flatMap(complaints);
  }
  return [`${place(issue.path)}: ${issue.message}`];
}

function depth(issues: readonly z.core.$ZodIssue[]): number {
  return Math.max(0, ...issues.map(({ path }) => path.length));
}

function place(path: readonly PropertyKey[]): string {
  return ["values", ...path.map(String)].join(".");
}
