import type { Objects } from "../objects";
import type { Service, ServicePort } from "../services";
import type { Hop, Request } from "../trace";

/** Arrival of a request at a controller: through which port. */
export interface Arrival {
  readonly request: Request;
  readonly port: ServicePort;
  readonly tls: boolean;
  /** service of the controller; undefined while istiod has not made it. */
  readonly service: Service | undefined;
}

/** Choice of a controller: what it does with a request, and the objects that say so. */
export interface Choice {
  readonly hops: readonly Hop[];
  readonly action:
    | { readonly kind: "forward"; readonly to: readonly Destination[] }
    /** to, the Location: whole, or what a browser completes from the URL it asked for. */
    | { readonly kind: "redirect"; readonly status: number; readonly to: string };
}

export interface Destination {
  readonly namespace: string;
  readonly service: string;
  /** port of the Service, by number or name. */
  readonly port: number | string;
  readonly weight: number;
}

/** Router reads one controller's objects; undefined = none of them takes the request. */
export type Router = (objects: Objects, arrival: Arrival) => Choice | undefined;

export function matchesHost(pattern: string, host: string): boolean {
  if (pattern === "*" || pattern === host) return true;
  return pattern.startsWith("*.") && host.endsWith(pattern.slice(1)) && host.length > pattern.length - 1;
}

/** isBelow: the path is a prefix or goes on below it, in whole segments. */
export function isBelow(prefix: string, path: string): boolean {
  const bare = prefix.replace(/\/+$/, "");
  return path === bare || path.startsWith(`${bare}/`);
}
