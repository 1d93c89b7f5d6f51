import type { Condition, PathMatch, RouteRule, ValueMatch } from "../../../config/model/routes";
import type { Json } from "../../object";

/** matchesOf a rule, one for each method; each can stand in a rule of its own. */
export function matchesOf({ path, condition }: RouteRule): readonly Json[] {
  const match = { path: pathOf(path), ...valuesOf(condition) };
  const methods = condition?.methods ?? [];
  return methods.length === 0 ? [match] : methods.map((method) => ({ ...match, method }));
}

/** prefixOf a path; Gateway API takes `/p/` for `/p`, which some of its implementations forget. */
function pathOf({ kind, value }: PathMatch): Json {
  if (kind === "regex") return { type: "RegularExpression", value: wholeOf(value) };
  if (kind === "exact") return { type: "Exact", value };
  return { type: "PathPrefix", value: value.length > 1 ? value.replace(/\/$/, "") : value };
}

function valuesOf(condition: Condition | undefined): { readonly [field: string]: Json } {
  if (condition === undefined) return {};
  const { headers, query } = condition;
  return {
    ...(headers.length > 0 && { headers: headers.map(valueOf) }),
    ...(query.length > 0 && { queryParams: query.map(valueOf) }),
  };
}

function valueOf({ name, kind, value }: ValueMatch): Json {
  return kind === "exact"
    ? { name, type: "Exact", value }
    : { name, type: "RegularExpression", value: wholeOf(value) };
}

/** wholeOf a regex: the standard leaves open how much of a text it has to match. */
function wholeOf(regex: string): string {
  return `^(?:${regex})$`;
}
