import type { Backend, Policy, Route, RouteRule, Sticky } from "../../../config/model/routes";
import type { Json } from "../../object";
import { durationOf } from "../duration";
import { hostSeenBehind } from "./headers";
import { transportName, transportSpec } from "./transports";

/** LoadBalancer is a Service as Traefik balances its pods. */
export interface LoadBalancer {
  readonly [field: string]: Json | undefined;
}

/** loadBalancerOf a backend, with what a rule asks of its pods. */
export function loadBalancerOf(route: Route, rule: RouteRule, backend: Backend): LoadBalancer {
  return {
    ...connectionTo(route, rule, backend),
    ...(backend.externalHost !== undefined &&
      hostSeenBehind(rule) === undefined && { passHostHeader: false }),
    ...podsOf(route, rule.policy),
  };
}

/** connectionTo a backend and nothing else: for copies and for error pages. */
export function connectionTo(route: Route, rule: RouteRule, backend: Backend): LoadBalancer {
  const scheme = schemes[backend.protocol];
  return {
    name: backend.service,
    port: backend.port,
    ...(scheme !== "http" && { scheme }),
    ...(transportSpec(rule.policy, backend) && { serversTransport: transportName(route, rule, backend) }),
  };
}

/** stickyCookie. Where visitors come by HTTPS alone, it is sent by HTTPS alone. */
export function stickyCookie(route: Route, { seconds }: Sticky, name: string): Json {
  const secure = route.tls === undefined ? route.edge?.scheme === "https" : route.tls.redirect;
  return {
    cookie: {
      name,
      httpOnly: true,
      sameSite: "lax",
      ...(secure && { secure }),
      ...(seconds !== undefined && { maxAge: seconds }),
    },
  };
}

const schemes = { http: "http", https: "https", h2c: "h2c", grpc: "h2c" } as const;

/**
 * podsOf a Service. A pod fails by a 5xx or no answer; a good answer in between begins the count again, and the
 * failures have to fall into one pause.
 * @see https://github.com/traefik/traefik/blob/v3.7/pkg/healthcheck/healthcheck.go
 */
function podsOf(route: Route, { sticky, balance, circuitBreaker }: Policy): LoadBalancer {
  return {
    ...(balance && { strategy: balance === "round-robin" ? "wrr" : "p2c" }),
    ...(circuitBreaker && {
      passiveHealthCheck: {
        maxFailedAttempts: circuitBreaker.failures,
        failureWindow: durationOf(circuitBreaker.pause),
      },
    }),
    ...(sticky && { sticky: stickyCookie(route, sticky, sticky.cookie) }),
  };
}
