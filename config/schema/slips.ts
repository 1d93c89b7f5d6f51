import { nearest } from "../nearest";
import { clusterSchema } from "../schema";
import { fieldsAt, withValue, valueAt } from "./shape";
import type { Issue } from "./shape";

/** Field that stands in the literal and that the schema does not know. */
export interface Field {
  readonly path: readonly PropertyKey[];
  readonly key: string;
}

/** Slip of the pen: an unknown field whose neighbour in spelling is missing. */
export interface Slip extends Field {
  readonly meant: string;
}

export function slipsIn(issues: readonly Issue[]): Slip[] {
  const missing = new Set(issues.map(({ path }) => JSON.stringify(path)));
  return issues.flatMap((issue) =>
    issue.code === "unrecognized_keys"
      ? issue.keys.flatMap((key): Slip[] => {
          const meant = nearest(key, fieldsAt(clusterSchema, issue.path));
          if (meant === undefined || !missing.has(JSON.stringify([...issue.path, meant]))) return [];
          return [{ path: issue.path, key, meant }];
        })
      : [],
  );
}

/** corrected: the literal as it was meant, so that one slip is not reported twice and its value is still judged. */
export function corrected(literal: unknown, slips: readonly Slip[]): unknown {
  return slips.reduce((value, { path, key, meant }) => {
    const kept = valueAt(value, [...path, key]);
    return withValue(withValue(value, [...path, key], undefined), [...path, meant], kept);
  }, literal);
}
