import type { Condition, PathMatch, Redirect, ValueMatch } from "../model/routes";
import { comparePaths } from "../path-order";
import type { ClusterInput } from "../schema";
import type { PolicyInput } from "../schema/policy";
import { policyFields } from "../schema/policy";
import type { PathInput, RedirectInput, RouteInput, ToInput, WhenInput } from "../schema/routes";
import { rewriteOf } from "./rewrite";
import { routeNames, ruleNames } from "./route-names";

/** DraftRoute is one entry of `routes`, its paths expanded into rules. */
export interface DraftRoute {
  readonly name: string;
  readonly hosts: readonly string[];
  readonly input: RouteInput;
  /** keys of the route in the file: `routes`, and its position. */
  readonly keys: readonly string[];
  /** rules in the order in which they are tried. */
  readonly rules: readonly DraftRule[];
}

/** DraftRule is one path under one condition. */
export interface DraftRule {
  readonly name: string;
  readonly path: PathMatch;
  readonly condition?: Condition;
  readonly action: Redirect | DraftForward;
  /** policy in force: the path's own fields, else the route's. */
  readonly policy: PolicyInput;
  /** policyKeys, where each field of the policy stands in the file. */
  readonly policyKeys: Readonly<Partial<Record<keyof PolicyInput, readonly string[]>>>;
  /** keys of the path in the file, or of its line in `when`. */
  readonly keys: readonly string[];
  /** pathKeys, always of the path. */
  readonly pathKeys: readonly string[];
}

export interface DraftForward {
  readonly kind: "forward";
  readonly targets: readonly DraftTarget[];
}

/** DraftTarget is a service by name, which may not be there. */
export interface DraftTarget {
  readonly service: string;
  readonly weight: number;
  readonly keys: readonly string[];
}

export function routesOf(input: ClusterInput): DraftRoute[] {
  const routes = (input.routes ?? []).map((route) => ({ route, hosts: hostsOf(route) }));
  const names = routeNames(routes.map(({ hosts }) => hosts));
  return routes.map(({ route, hosts }, index) => {
    const keys = ["routes", String(index)];
    return { name: names[index] ?? "", hosts, input: route, keys, rules: rulesOf(route, keys) };
  });
}

function hostsOf(route: RouteInput): readonly string[] {
  return "host" in route ? [route.host] : route.hosts;
}

function rulesOf(route: RouteInput, keys: readonly string[]): DraftRule[] {
  if (!("paths" in route)) return [];
  const rules = Object.entries(route.paths).flatMap(([path, entry]) => {
    return rulesOfPath(path, entry, route, keys);
  });
  const names = ruleNames(rules);
  return rules
    .map((rule, index) => ({ ...rule, name: names[index] ?? "" }))
    .sort((a, b) => comparePaths(a.path, b.path));
}

type Unnamed = Omit<DraftRule, "name">;

/** rulesOfPath: its conditions in their order, then the path itself. */
function rulesOfPath(
  path: string,
  written: PathInput,
  route: PolicyInput,
  routeKeys: readonly string[],
): Unnamed[] {
  const pathKeys = [...routeKeys, "paths", path];
  const short = typeof written === "string";
  const entry: Exclude<PathInput, string> = short ? { to: written } : written;
  const shared = {
    path: pathMatchOf(path, entry.match ?? "prefix"),
    ...policyOf(entry, pathKeys, route, routeKeys),
    pathKeys,
  };
  return [
    ...(entry.when ?? []).map((when, index): Unnamed => {
      const keys = [...pathKeys, "when", String(index)];
      return { ...shared, keys, condition: conditionOf(when), action: actionOf(when, [...keys, "to"]) };
    }),
    { ...shared, keys: pathKeys, action: actionOf(entry, short ? pathKeys : [...pathKeys, "to"]) },
  ];
}

/** pathMatchOf: a prefix is whole segments, so a slash at its end says nothing. */
function pathMatchOf(path: string, kind: PathMatch["kind"]): PathMatch {
  return { kind, value: kind === "prefix" && path !== "/" ? path.replace(/\/+$/, "") : path };
}

function conditionOf({ headers, query, methods }: WhenInput): Condition {
  return { headers: valuesOf(headers), query: valuesOf(query), methods: methods ?? [] };
}

function valuesOf(written: WhenInput["headers"]): ValueMatch[] {
  return Object.entries(written ?? {}).map(([name, value]) =>
    typeof value === "string" ? { name, kind: "exact", value } : { name, kind: "regex", value: value.regex },
  );
}

function actionOf(
  written: { readonly to: ToInput } | { readonly redirect: RedirectInput },
  keys: readonly string[],
): DraftRule["action"] {
  if ("redirect" in written) return redirectOf(written.redirect);
  if (typeof written.to === "string") {
    return { kind: "forward", targets: [{ service: written.to, weight: 100, keys }] };
  }
  const targets = Object.entries(written.to).map(([service, weight]) => {
    return { service, weight, keys: [...keys, service] };
  });
  return { kind: "forward", targets };
}

function redirectOf({ status, scheme, host, port, path }: RedirectInput): Redirect {
  return {
    kind: "redirect",
    status: status ?? 302,
    ...(scheme === undefined ? {} : { scheme }),
    ...(host === undefined ? {} : { host }),
    ...(port === undefined ? {} : { port }),
    ...(path === undefined ? {} : { path: rewriteOf(path) }),
  };
}

function policyOf(
  path: PolicyInput,
  pathKeys: readonly string[],
  route: PolicyInput,
  routeKeys: readonly string[],
): Pick<DraftRule, "policy" | "policyKeys"> {
  const inherited = policyFieldsOf(route);
  const own = policyFieldsOf(path);
  const placed = (fields: typeof own, keys: readonly string[]) =>
    fields.map(([field]): [string, readonly string[]] => [field, [...keys, field]]);
  return {
    policy: Object.fromEntries([...inherited, ...own]),
    policyKeys: Object.fromEntries([...placed(inherited, routeKeys), ...placed(own, pathKeys)]),
  };
}

/** policyFieldsOf a path or a route, which have other fields too. */
function policyFieldsOf(written: PolicyInput) {
  return Object.entries(written).filter(
    ([field, value]) => Object.hasOwn(policyFields, field) && value !== undefined,
  );
}
