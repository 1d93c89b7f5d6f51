import type { Cluster } from "../../../config/model";
import type { Route, RouteTls } from "../../../config/model/routes";
import type { Json, KubernetesObject } from "../../object";
import { traefikObject } from "./names";

interface Tls {
  readonly spec: Json;
  readonly objects: readonly KubernetesObject[];
}

/**
 * tlsOf a route. Traefik holds one set of options for a host and falls back to its defaults where two routers name
 * different ones: routes that share a host name the options of the first.
 * @see https://doc.traefik.io/traefik/v3.7/reference/routing-configuration/http/tls/tls-options/
 */
export function tlsOf(cluster: Cluster, route: Route, tls: RouteTls): Tls {
  const options = optionsOf(tls);
  if (options === undefined) return { spec: { secretName: tls.secretName }, objects: [] };
  const first = firstOfHosts(cluster, route);
  return {
    spec: { secretName: tls.secretName, options: { name: first.name } },
    objects: first.name === route.name ? [traefikObject("TLSOption", route, route.name, options)] : [],
  };
}

/** optionsOf TLS; undefined = Traefik's defaults, which begin at 1.2. */
function optionsOf({ minVersion, clientAuthority }: RouteTls): Json | undefined {
  if (minVersion === "1.2" && clientAuthority === undefined) return undefined;
  return {
    minVersion: minVersion === "1.3" ? "VersionTLS13" : "VersionTLS12",
    ...(clientAuthority !== undefined && {
      clientAuth: { secretNames: [clientAuthority], clientAuthType: "RequireAndVerifyClientCert" },
    }),
  };
}

function firstOfHosts(cluster: Cluster, route: Route): Route {
  const sharing = cluster.routes.find(
    (other) =>
      other.namespace === route.namespace &&
      other.tls !== undefined &&
      optionsOf(other.tls) !== undefined &&
      other.hosts.some((host) => route.hosts.includes(host)),
  );
  return sharing ?? route;
}
