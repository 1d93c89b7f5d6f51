import type {
  Backend,
  ExternalAuth,
  Policy,
  RateLimit,
  Route,
  RouteRule,
} from "../../../config/model/routes";
import type { Json } from "../../object";
import { connectionTo } from "./load-balancer";
import type { MiddlewareSpec } from "./names";

/** Visitors: those who come through the trusted edge have their address in its header, the others on the connection. */
export type Visitors = "direct" | "through-edge";

/** accessSpecs of a rule, outermost first: the page for an error, then who may ask how often. */
export function accessSpecs(route: Route, rule: RouteRule, visitors: Visitors): readonly MiddlewareSpec[] {
  const { errorPages, rateLimit, maxConcurrent } = rule.policy;
  return [
    ...spec("errors", errorPages && { errors: errorsOf(route, rule, errorPages) }),
    ...allowListSpec(rule.policy, visitors),
    ...spec("rate-limit", rateLimit && { rateLimit: rateLimitOf(rateLimit) }),
    ...spec(
      "max-concurrent",
      maxConcurrent && { inFlightReq: { amount: maxConcurrent, sourceCriterion: visitorsAddress } },
    ),
  ];
}

/** identitySpecs of a rule: who asks, and how much may come along. */
export function identitySpecs({ basicAuth, externalAuth, maxBodyBytes }: Policy): readonly MiddlewareSpec[] {
  return [
    ...spec("basic-auth", basicAuth && { basicAuth: { secret: basicAuth.secret, realm: basicAuth.realm } }),
    ...spec("external-auth", externalAuth && { forwardAuth: forwardAuthOf(externalAuth) }),
    ...spec("max-body", maxBodyBytes && { buffering: { maxRequestBodyBytes: maxBodyBytes } }),
  ];
}

function spec(part: string, body: Json | undefined): readonly MiddlewareSpec[] {
  return body === undefined ? [] : [[part, body]];
}

/**
 * visitorsAddress for limits. Traefik keeps X-Real-Ip from peers it trusts and else writes the connection's address
 * into it, so that it is the visitor's either way.
 * @see https://github.com/traefik/traefik/blob/v3.7/pkg/middlewares/forwardedheaders/forwarded_header.go
 */
const visitorsAddress: Json = { requestHeaderName: "X-Real-Ip" };

/** allowListSpec. It knows no header but X-Forwarded-For, whose last address the edge has written. */
function allowListSpec({ allow }: Policy, visitors: Visitors): readonly MiddlewareSpec[] {
  if (allow.length === 0) return [];
  const sourceRange = allow.map(({ cidr }) => cidr);
  return visitors === "direct"
    ? [["allow", { ipAllowList: { sourceRange } }]]
    : [["allow-edge", { ipAllowList: { sourceRange, ipStrategy: { depth: 1 } } }]];
}

function rateLimitOf({ requests, per, burst }: RateLimit): Json {
  const period = per === "second" ? "1s" : "1m";
  return { average: requests, period, burst, sourceCriterion: visitorsAddress };
}

function errorsOf(
  route: Route,
  rule: RouteRule,
  { backend, statuses, path }: NonNullable<Policy["errorPages"]>,
): Json {
  return { status: statuses.map(String), query: path, service: connectionTo(route, rule, backend) };
}

/** forwardAuthOf a service. The entry point has dropped what peers it does not trust said of themselves. */
function forwardAuthOf({ backend, path, responseHeaders }: ExternalAuth): Json {
  const unverified = backend.protocol === "https" && backend.externalHost === undefined;
  return {
    address: `${urlOf(backend)}${path}`,
    trustForwardHeader: true,
    ...(responseHeaders.length > 0 && { authResponseHeaders: responseHeaders }),
    ...(unverified && { tls: { insecureSkipVerify: true } }),
  };
}

function urlOf({ service, namespace, port, protocol, externalHost }: Backend): string {
  const host = externalHost ?? `${service}.${namespace}.svc`;
  return `${protocol === "https" ? "https" : "http"}://${host}:${port}`;
}
