import type { Cluster } from "../../../config/model";
import type { Backend, Route, RouteRule } from "../../../config/model/routes";
import type { Json, KubernetesObject } from "../../object";
import { durationOf } from "../duration";
import { backendRef } from "./backends";
import type { Carrier } from "./carrier";
import { filtersOf } from "./filters";
import { httpListener, listenerNamesOf } from "./listeners";
import { matchesOf } from "./matches";

/** httpRoutesOf a route, the one that sends plain HTTP to HTTPS among them, and what their rules name. */
export function httpRoutesOf(cluster: Cluster, carrier: Carrier, route: Route): readonly KubernetesObject[] {
  const carried = route.rules.map((rule) => ({ rule, own: carrier.rule(route, rule) }));
  const rules = carried.flatMap(({ rule, own }) => rulesOf(carrier, route, rule, own.filters));
  const parents = parentRefs(carrier, [
    ...listenerNamesOf(cluster, carrier, route),
    ...(route.tls?.redirect === true ? [] : [httpListener]),
  ]);
  return [
    ...chunks(rules, mostRules).map((some, at) =>
      httpRoute(route, at === 0 ? route.name : `${route.name}--${at + 1}`, parents, some),
    ),
    ...(route.tls?.redirect === true ? [redirectToHttps(carrier, route)] : []),
    ...carried.flatMap(({ own }) => own.objects),
  ];
}

/** tlsRouteOf connections that go to a backend unopened. */
export function tlsRouteOf(
  cluster: Cluster,
  carrier: Carrier,
  route: Route,
  backend: Backend,
): KubernetesObject {
  return {
    apiVersion: "gateway.networking.k8s.io/v1",
    kind: "TLSRoute",
    metadata: { name: route.name, namespace: route.namespace },
    spec: {
      parentRefs: parentRefs(carrier, listenerNamesOf(cluster, carrier, route)),
      hostnames: route.hosts,
      rules: [{ backendRefs: [backendRef(route, backend)] }],
    },
  };
}

/** mostRules of one HTTPRoute, as its CRD has it. */
const mostRules = 16;

function redirectToHttps(carrier: Carrier, route: Route): KubernetesObject {
  const matches = [{ path: { type: "PathPrefix", value: "/" } }];
  const requestRedirect = { scheme: "https", statusCode: 301 };
  return httpRoute(route, `${route.name}--to-https`, parentRefs(carrier, [httpListener]), [
    { matches, filters: [{ type: "RequestRedirect", requestRedirect }] },
  ]);
}

function httpRoute(route: Route, name: string, parents: Json, rules: readonly Json[]): KubernetesObject {
  return {
    apiVersion: "gateway.networking.k8s.io/v1",
    kind: "HTTPRoute",
    metadata: { name, namespace: route.namespace },
    spec: { parentRefs: parents, hostnames: route.hosts, rules },
  };
}

function parentRefs({ gateway }: Carrier, listeners: readonly string[]): Json {
  return listeners.map((sectionName) => ({ ...gateway, sectionName }));
}

/** rulesOf a rule, one for each of its matches: a prefix can be replaced only where there is one match. */
function rulesOf(carrier: Carrier, route: Route, rule: RouteRule, own: readonly Json[]): readonly Json[] {
  const filters = filtersOf(carrier, route, rule, own);
  const { request } = rule.policy.timeouts;
  return matchesOf(rule).map((match) => ({
    matches: [match],
    ...(filters.length > 0 && { filters }),
    ...(request !== undefined && !rule.policy.websocket && { timeouts: { request: durationOf(request) } }),
    ...(rule.action.kind === "forward" && {
      backendRefs: rule.action.backends.map((backend) => ({
        ...backendRef(route, backend),
        weight: backend.weight,
      })),
    }),
  }));
}

function chunks<T>(list: readonly T[], size: number): readonly (readonly T[])[] {
  return list.length <= size ? [list] : [list.slice(0, size), ...chunks(list.slice(size), size)];
}
