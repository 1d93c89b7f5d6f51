import type { Cluster } from "../../config/model";
import type { Route } from "../../config/model/routes";
import { traefikChart } from "../charts/traefik";
import type { KubernetesObject } from "../object";
import type { IngressController } from "./engine";
import { traefik as name } from "./traefik/names";
import { passthroughOf } from "./traefik/passthrough";
import { routesOf } from "./traefik/routes";

/** traefik turns routes into IngressRoutes, Middlewares and TraefikServices in the route's own namespace. */
export const traefik: IngressController = {
  charts: (cluster, ingress) => [traefikChart(cluster, ingress, "ingress-routes")],
  crds: [
    "ingressroutes.traefik.io",
    "ingressroutetcps.traefik.io",
    "middlewares.traefik.io",
    "serverstransports.traefik.io",
    "tlsoptions.traefik.io",
    "traefikservices.traefik.io",
  ],
  deployment: { namespace: name, name },
  service: { namespace: name, name },
  shared: () => [],
  route: objectsOf,
  certificateNamespace: (route) => route.namespace,
};

function objectsOf(cluster: Cluster, route: Route): readonly KubernetesObject[] {
  return route.passthrough === undefined
    ? routesOf(cluster, route)
    : [passthroughOf(route, route.passthrough)];
}
