import type { Cluster } from "../../../config/model";
import type { Route, RouteTls } from "../../../config/model/routes";
import type { Json } from "../../object";
import type { Carrier } from "./carrier";

/** Listener of the shared Gateway. */
export interface Listener {
  readonly name: string;
  readonly body: { readonly [field: string]: Json };
}

/** httpListener, which every plain route and every redirect to HTTPS is bound to. */
export const httpListener = "http";

/** listenersOf the Gateway: one for plain HTTP, one for each name of a certificate that a route uses. */
export function listenersOf(cluster: Cluster, carrier: Carrier): readonly Listener[] {
  const all = cluster.routes.flatMap((route) => ownListeners(cluster, carrier, route));
  return [plain(carrier), ...new Map(all.map((listener) => [listener.name, listener])).values()];
}

/** listenerNamesOf a route's hosts, plain HTTP left out, each once. */
export function listenerNamesOf(cluster: Cluster, carrier: Carrier, route: Route): readonly string[] {
  return [...new Set(ownListeners(cluster, carrier, route).map(({ name }) => name))];
}

function ownListeners(cluster: Cluster, carrier: Carrier, route: Route): readonly Listener[] {
  const { tls, passthrough } = route;
  if (passthrough !== undefined) return route.hosts.map((host) => unopened(carrier, host));
  if (tls === undefined) return [];
  return route.hosts.map((host) => opened(carrier, nameCovering(cluster, tls, host), tls));
}

function plain(carrier: Carrier): Listener {
  const body = { port: carrier.ports.http, protocol: "HTTP", allowedRoutes: fromAll };
  return { name: httpListener, body };
}

function opened(carrier: Carrier, hostname: string, tls: RouteTls): Listener {
  const options = carrier.listenerOptions(tls);
  return {
    name: `https-${labelOf(hostname)}`,
    body: {
      hostname,
      port: carrier.ports.https,
      protocol: "HTTPS",
      tls: {
        mode: "Terminate",
        certificateRefs: [{ group: "", kind: "Secret", name: tls.secretName }],
        ...(Object.keys(options).length > 0 && { options }),
      },
      allowedRoutes: fromAll,
    },
  };
}

function unopened(carrier: Carrier, hostname: string): Listener {
  return {
    name: `tls-${labelOf(hostname)}`,
    body: {
      hostname,
      port: carrier.ports.https,
      protocol: "TLS",
      tls: { mode: "Passthrough" },
      allowedRoutes: fromAll,
    },
  };
}

const fromAll: Json = { namespaces: { from: "All" } };

/**
 * nameCovering a host among the certificate's names: routes below one wildcard share its listener. Where another
 * route's certificate has the same name, the host has a listener of its own.
 */
function nameCovering(cluster: Cluster, tls: RouteTls, host: string): string {
  const wildcard = `*.${host.split(".").slice(1).join(".")}`;
  const names = cluster.certificates.find(({ name }) => name === tls.certificate)?.names ?? [];
  const covering = names.includes(host) || !names.includes(wildcard) ? host : wildcard;
  return isDisputed(cluster, tls, covering) ? host : covering;
}

function isDisputed(cluster: Cluster, tls: RouteTls, name: string): boolean {
  const others = cluster.certificates.filter(({ names }) => names.includes(name));
  const used = cluster.routes.flatMap((route) => (route.tls === undefined ? [] : [route.tls]));
  return used.some(
    (other) =>
      (other.certificate !== tls.certificate || other.clientAuthority !== tls.clientAuthority) &&
      others.some(({ name: certificate }) => certificate === other.certificate),
  );
}

function labelOf(hostname: string): string {
  return hostname.replace(/^\*\./, "any-").replaceAll(".", "-");
}
