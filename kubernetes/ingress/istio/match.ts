import type { Condition, PathMatch, RouteRule, ValueMatch } from "../../../config/model/routes";
import type { Json } from "../../object";

/** matchesOf a rule, one for each way its path can look; methods narrow it to some of the rule's own. */
export function matchesOf(rule: RouteRule, methods = rule.condition?.methods ?? []): readonly Json[] {
  return urisOf(rule.path).map((uri) => ({
    uri,
    ...(methods.length === 0 ? {} : { method: methodOf(methods) }),
    ...conditionOf(rule.condition),
  }));
}

/** urisOf a path. Istio's prefix is one of characters: whole segments take the path itself and what follows its slash. */
function urisOf(path: PathMatch): readonly Json[] {
  if (path.kind !== "prefix") return [{ [path.kind]: path.value }];
  if (path.value.endsWith("/")) return [{ prefix: path.value }];
  return [{ exact: path.value }, { prefix: `${path.value}/` }];
}

function methodOf(methods: readonly string[]): Json {
  const [only, ...more] = methods;
  return only !== undefined && more.length === 0 ? { exact: only } : { regex: methods.join("|") };
}

function conditionOf(condition: Condition | undefined): { readonly [field: string]: Json } {
  const headers = valuesOf(condition?.headers ?? []);
  const queryParams = valuesOf(condition?.query ?? []);
  return { ...(headers && { headers }), ...(queryParams && { queryParams }) };
}

function valuesOf(matches: readonly ValueMatch[]): Json | undefined {
  if (matches.length === 0) return undefined;
  return Object.fromEntries(matches.map(({ name, kind, value }) => [name, { [kind]: value }]));
}
