import type { Route, RouteRule } from "../../../config/model/routes";
import type { Json, KubernetesObject } from "../../object";

/** traefik: its Helm release, its namespace, and what the chart names its Deployment, Service and class after. */
export const traefik = "traefik";

/** entryPoints of the chart: ports 80 and 443 of its Service. */
export const entryPoints = { http: "web", https: "websecure" } as const;

/**
 * nameOf an object that a rule has to itself. Words part route from rule, because Traefik reads every run of other
 * characters as one dash.
 * @see traefik pkg/provider/provider.go Normalize
 */
export function nameOf(route: Route, rule: RouteRule, part: string): string {
  return `${route.name}-at-${rule.name}-${part}`;
}

/** traefikObject in the route's namespace, next to what uses it: nothing is shared between namespaces. */
export function traefikObject(
  kind:
    "IngressRoute" | "IngressRouteTCP" | "Middleware" | "ServersTransport" | "TLSOption" | "TraefikService",
  route: Route,
  name: string,
  spec: Json,
): KubernetesObject {
  return {
    apiVersion: "traefik.io/v1alpha1",
    kind,
    metadata: { name, namespace: route.namespace },
    spec,
  };
}

/** MiddlewareSpec with the part that names its object. */
export type MiddlewareSpec = readonly [part: string, spec: Json];
