import type { Backend, Route } from "../../../config/model/routes";
import type { KubernetesObject } from "../../object";
import { sniMatch } from "./match";
import { entryPoints, traefik, traefikObject } from "./names";

/** passthroughOf a route: TLS connections for its hosts go to the backend unopened. */
export function passthroughOf(route: Route, { service, port }: Backend): KubernetesObject {
  return traefikObject("IngressRouteTCP", route, route.name, {
    ingressClassName: traefik,
    entryPoints: [entryPoints.https],
    routes: [{ match: sniMatch(route.hosts), services: [{ name: service, port }] }],
    tls: { passthrough: true },
  });
}
