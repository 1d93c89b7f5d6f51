import { z } from "zod";
import type { Objects, Read } from "../objects";
import { type Hop, lost } from "../trace";
import { redirected } from "./redirect";
import { type Arrival, type Choice, isBelow, matchesHost, type Router } from "./router";

const backend = z.looseObject({
  name: z.string(),
  namespace: z.string().optional(),
  port: z.number().default(80),
  weight: z.number().default(1),
});

const valueMatch = z.looseObject({
  name: z.string(),
  type: z.string().default("Exact"),
  value: z.string(),
});

const match = z.looseObject({
  path: z
    .looseObject({ type: z.string().default("PathPrefix"), value: z.string().default("/") })
    .default({ type: "PathPrefix", value: "/" }),
  headers: z.array(valueMatch).default([]),
  queryParams: z.array(valueMatch).default([]),
  method: z.string().optional(),
});

const filter = z.looseObject({
  type: z.string(),
  extensionRef: z.looseObject({ group: z.string(), kind: z.string(), name: z.string() }).optional(),
  requestRedirect: z
    .looseObject({
      scheme: z.string().optional(),
      hostname: z.string().optional(),
      port: z.number().optional(),
      path: z
        .looseObject({ replaceFullPath: z.string().optional(), replacePrefixMatch: z.string().optional() })
        .optional(),
      statusCode: z.number().default(302),
    })
    .optional(),
});

const everything: z.infer<typeof match>[] = [match.parse({})];

const httpRoute = z.looseObject({
  spec: z.looseObject({
    parentRefs: z
      .array(
        z.looseObject({
          name: z.string(),
          namespace: z.string().optional(),
          sectionName: z.string().optional(),
        }),
      )
      .default([]),
    hostnames: z.array(z.string()).default([]),
    rules: z.array(
      z.looseObject({
        matches: z.array(match).default(everything),
        filters: z.array(filter).default([]),
        backendRefs: z.array(backend).default([]),
      }),
    ),
  }),
});

const gateway = z.looseObject({
  spec: z.looseObject({
    gatewayClassName: z.string(),
    listeners: z.array(
      z.looseObject({
        name: z.string(),
        port: z.number(),
        protocol: z.string(),
        hostname: z.string().optional(),
      }),
    ),
  }),
});

type Match = z.infer<typeof match>;
type Route = Read<z.infer<typeof httpRoute>>;
type Candidate = {
  readonly route: Route;
  readonly rule: Route["value"]["spec"]["rules"][number];
  readonly match: Match;
};

/** gatewayOf a class reads HTTPRoutes; the most specific match wins, as the specification orders it. */
export function gatewayOf(className: string): Router {
  return (objects, arrival) => {
    const [best] = objects
      .all("gateway.networking.k8s.io/HTTPRoute", httpRoute)
      .map((route) => ({ route, hops: attachment(objects, className, route, arrival) }))
      .filter(({ route }) => servesHost(route, arrival))
      .flatMap(({ route, hops }) =>
        hops === undefined
          ? []
          : route.value.spec.rules.flatMap((rule) =>
              rule.matches.map((each) => ({ route, rule, match: each, hops })),
            ),
      )
      .filter((candidate) => takes(candidate.match, arrival))
      .sort((a, b) => specificity(b, arrival) - specificity(a, arrival));
    return best === undefined ? undefined : choiceOf(objects, best, best.hops, arrival);
  };
}

/** attachment of a route to a listener that the request came in by; undefined = to none. */
function attachment(
  objects: Objects,
  className: string,
  route: Route,
  { tls, request }: Arrival,
): Hop[] | undefined {
  for (const { name, namespace = route.namespace, sectionName } of route.value.spec.parentRefs) {
    const parent = objects.one("gateway.networking.k8s.io/Gateway", gateway, namespace, name);
    if (parent?.value.spec.gatewayClassName !== className) continue;
    const listener = parent.value.spec.listeners.find(
      (each) =>
        (sectionName === undefined || each.name === sectionName) &&
        (each.protocol === "HTTPS") === tls &&
        matchesHost(each.hostname ?? "*", request.url.hostname),
    );
    if (listener !== undefined)
      return [{ at: "route", object: parent.ref, says: `listener ${listener.name}` }];
  }
  return undefined;
}

function servesHost({ value }: Route, { request }: Arrival): boolean {
  const { hostnames } = value.spec;
  return hostnames.length === 0 || hostnames.some((host) => matchesHost(host, request.url.hostname));
}

function takes({ path, headers, queryParams, method }: Match, { request }: Arrival): boolean {
  const { url } = request;
  const equal = (value: string | null | undefined, wanted: z.infer<typeof valueMatch>): boolean => {
    if (value === null || value === undefined) return false;
    return wanted.type === "Exact" ? value === wanted.value : new RegExp(`^(?:${wanted.value})$`).test(value);
  };
  return (
    takesPath(path, url.pathname) &&
    (method === undefined || method === request.method) &&
    headers.every((each) => equal(request.headers[each.name.toLowerCase()], each)) &&
    queryParams.every((each) => equal(url.searchParams.get(each.name), each))
  );
}

function takesPath({ type, value }: Match["path"], path: string): boolean {
  if (type === "Exact") return path === value;
  return type === "PathPrefix" ? isBelow(value, path) : new RegExp(`^(?:${value})$`).test(path);
}

/** specificity: exact host, exact path, longest path, method, headers, query parameters. */
function specificity(
  { route, match: { path, method, headers, queryParams } }: Candidate,
  { request }: Arrival,
): number {
  const host = route.value.spec.hostnames.includes(request.url.hostname) ? 1 : 0;
  const exact = path.type === "Exact" ? 1 : 0;
  return [
    host,
    exact,
    path.value.length,
    method === undefined ? 0 : 1,
    headers.length,
    queryParams.length,
  ].reduce((sum, part) => sum * 2048 + part, 0);
}

function choiceOf(
  objects: Objects,
  { route, rule, match: { path } }: Candidate,
  attached: readonly Hop[],
  arrival: Arrival,
): Choice {
  const hops: Hop[] = [...attached, { at: "route", object: route.ref, says: `${path.type} ${path.value}` }];
  for (const { extensionRef, requestRedirect } of rule.filters) {
    if (requestRedirect !== undefined) {
      const { statusCode: status, hostname: host, scheme, port, path: replacement } = requestRedirect;
      const to = redirected(arrival.request.url, {
        ...{ scheme, host, port },
        path:
          replacement?.replaceFullPath ?? withPrefix(arrival, path.value, replacement?.replacePrefixMatch),
      });
      return { hops, action: { kind: "redirect", status, to } };
    }
    if (extensionRef === undefined) continue;
    const { group, kind, name } = extensionRef;
    const found =
      objects.one(`${group}/${kind}`, z.looseObject({}), route.namespace, name) ??
      lost(`there is no ${kind} ${route.namespace}/${name}, which HTTPRoute ${route.ref.name} names`);
    hops.push({ at: "policy", object: found.ref, says: kind });
  }
  const to = rule.backendRefs.map(({ name, namespace = route.namespace, port, weight }) => {
    return { service: name, namespace, port, weight };
  });
  if (to.length === 0) return lost(`HTTPRoute ${route.ref.name} has a rule without a backend`);
  return { hops, action: { kind: "forward", to } };
}

/** withPrefix in place of the one that matched, one slash between it and the rest. */
function withPrefix({ request }: Arrival, matched: string, prefix: string | undefined): string | undefined {
  if (prefix === undefined) return undefined;
  const rest = request.url.pathname.slice(matched.replace(/\/+$/, "").length).replace(/^\/+/, "");
  return rest === "" ? prefix : `${prefix.replace(/\/+$/, "")}/${rest}`;
}
