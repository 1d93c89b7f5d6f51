import type { Cluster } from "../../../config/model";
import type { Ingress } from "../../../config/model/ingress";
import type { Route, RouteRule } from "../../../config/model/routes";
import { traefikChart } from "../../charts/traefik";
import { corsSpec } from "../traefik/headers";
import { objectsOf } from "../traefik/middlewares";
import { traefik } from "../traefik/names";
import { accessSpecs, identitySpecs } from "../traefik/protection";
import { retrySpec } from "../traefik/retry";
import { transportsOf } from "../traefik/transports";
import type { CarriedRule, Carrier } from "./carrier";

/**
 * traefikCarrier: what HTTPRoute has no field for, or Traefik ignores in it, is a Middleware that a rule names. Its
 * listeners have the ports of Traefik's pod, by which it finds its entry points.
 * @see https://doc.traefik.io/traefik/v3.7/reference/routing-configuration/kubernetes/gateway-api/
 */
export const traefikCarrier: Carrier = {
  charts: (cluster: Cluster, ingress: Ingress) => [traefikChart(cluster, ingress, "http-routes")],
  crds: ["middlewares.traefik.io", "serverstransports.traefik.io"],
  deployment: { namespace: traefik, name: traefik },
  service: { namespace: traefik, name: traefik },
  gateway: { namespace: traefik, name: traefik },
  gatewayClassName: traefik,
  ports: { http: 8000, https: 8443 },
  infrastructure: () => undefined,
  listenerOptions: () => ({}),
  corsFilter: false,
  shared: () => [],
  rule: carriedRule,
  objects: () => [],
};

function carriedRule(route: Route, rule: RouteRule): CarriedRule {
  const { policy } = rule;
  const middlewares = objectsOf(route, rule, [
    ...corsSpec(policy),
    ...accessSpecs(route, rule, route.edge === undefined ? "direct" : "through-edge"),
    ...identitySpecs(policy),
    ...retrySpec(policy),
  ]);
  return {
    filters: middlewares.map(({ metadata }) => ({
      type: "ExtensionRef",
      extensionRef: { group: "traefik.io", kind: "Middleware", name: metadata.name },
    })),
    objects: [
      ...middlewares,
      ...transportsOf(route, rule, policy.errorPages ? [policy.errorPages.backend] : []),
    ],
  };
}
