import type { Backend, Cors, Forward, Policy, Redirect, RouteRule } from "../../../config/model/routes";
import type { Json, KubernetesObject } from "../../object";
import type { HostRule } from "../same-host";
import { destinationOf, mirrorOf } from "./destinations";
import type { HostGroup } from "./host-group";
import { matchesOf } from "./match";
import { hostOf, seconds } from "./names";
import { rewriteOf } from "./rewrite";

/** virtualServiceOf hosts that are served alike; `http` is tried from the top, as the model orders it. */
export function virtualServiceOf(group: HostGroup): KubernetesObject {
  const { name, namespace, hosts, passthrough } = group;
  return {
    apiVersion: "networking.istio.io/v1",
    kind: "VirtualService",
    metadata: { name, namespace },
    spec: {
      hosts,
      gateways: [name],
      ...(passthrough ? { tls: [tlsRouteOf(hosts, passthrough)] } : { http: group.rules.flatMap(httpOf) }),
    },
  };
}

function tlsRouteOf(hosts: readonly string[], backend: Backend): Json {
  const destination = { host: hostOf(backend), port: { number: backend.port } };
  return { match: [{ port: 443, sniHosts: hosts }], route: [{ destination }] };
}

/** httpOf a rule: one entry, or two where only some of its methods may be sent twice. */
function httpOf(owned: HostRule): readonly Json[] {
  const { rule } = owned;
  const { retries } = rule.policy;
  const entry = entryOf(owned);
  if (retries === undefined) return [{ name: rule.name, match: matchesOf(rule), ...entry }];
  const { idempotent, others } = methodsOf(rule);
  const failures = ["connect-failure", "refused-stream", "reset", ...retries.statuses];
  const repeated = { retries: { attempts: retries.attempts, retryOn: failures.join(",") } };
  return [
    ...(idempotent.length === 0
      ? []
      : [{ name: rule.name, match: matchesOf(rule, idempotent), ...entry, ...repeated }]),
    ...(others === "none" ? [] : [{ name: `${rule.name}-once`, match: matchesOf(rule, others), ...entry }]),
  ];
}

/** methodsOf a rule that may be sent twice, and the others; Envoy's retries ask no method. @see RFC 9110 §9.2.2 */
function methodsOf({ condition }: RouteRule): {
  readonly idempotent: readonly string[];
  readonly others: readonly string[] | "none";
} {
  const asked = condition?.methods ?? [];
  if (asked.length === 0) return { idempotent: idempotentMethods, others: [] };
  const others = asked.filter((method) => !idempotentMethods.includes(method));
  return {
    idempotent: asked.filter((method) => idempotentMethods.includes(method)),
    others: others.length === 0 ? "none" : others,
  };
}

function entryOf(owned: HostRule): { readonly [field: string]: Json | undefined } {
  const { action, policy } = owned.rule;
  const headers = headersOf(policy);
  return {
    ...(action.kind === "redirect"
      ? { redirect: redirectOf(action) }
      : { route: routeOf(owned, action), rewrite: rewriteOf(owned.rule) }),
    timeout: timeoutOf(policy),
    mirrors: policy.mirror && [
      {
        destination: mirrorOf(owned, policy.mirror.backend),
        percentage: { value: policy.mirror.percent },
      },
    ],
    corsPolicy: policy.cors && corsOf(policy.cors),
    headers,
  };
}

/** timeoutOf a rule's requests; one of a websocket would cut it. */
function timeoutOf({ timeouts, websocket }: Policy): string | undefined {
  return timeouts.request === undefined || websocket ? undefined : seconds(timeouts.request);
}

/** routeOf a forward. A backend outside is asked for by its own name, unless the route says another. */
function routeOf(owned: HostRule, { backends }: Forward): readonly Json[] {
  const own = owned.rule.policy.hostRewrite === undefined;
  return backends.map((backend) => ({
    destination: destinationOf(owned, backend),
    weight: backend.weight,
    ...(own && backend.externalHost !== undefined
      ? { headers: { request: { set: { Host: backend.externalHost } } } }
      : {}),
  }));
}

function redirectOf(redirect: Redirect): Json {
  return {
    redirectCode: redirect.status,
    scheme: redirect.scheme,
    authority: redirect.host,
    port: redirect.port,
    uri: redirect.path?.value,
  };
}

function corsOf(cors: Cors): Json {
  return {
    allowOrigins: cors.origins.map((origin) => ({ exact: origin })),
    allowMethods: cors.methods,
    allowHeaders: cors.headers,
    exposeHeaders: cors.exposeHeaders,
    allowCredentials: cors.credentials,
    maxAge: `${cors.maxAgeSeconds}s`,
  };
}

function headersOf({ headers, hsts }: Policy): Json | undefined {
  const strict = hsts && {
    "Strict-Transport-Security": [
      `max-age=${hsts.seconds}`,
      ...(hsts.subdomains ? ["includeSubDomains"] : []),
      ...(hsts.preload ? ["preload"] : []),
    ].join("; "),
  };
  const request = editOf(headers.request.set, headers.request.remove);
  const response = editOf({ ...headers.response.set, ...strict }, headers.response.remove);
  return request || response ? { request, response } : undefined;
}

function editOf(set: Readonly<Record<string, string>>, remove: readonly string[]): Json | undefined {
  const sets = Object.keys(set).length > 0;
  if (!sets && remove.length === 0) return undefined;
  return { ...(sets && { set }), ...(remove.length > 0 && { remove }) };
}

const idempotentMethods: readonly string[] = ["GET", "HEAD", "OPTIONS", "TRACE", "PUT", "DELETE"];
