import { z } from "zod";
import { addressHops } from "./addresses";
import type { Objects } from "./objects";
import { gatewayOf } from "./routing/gateway";
import { ingressNginx } from "./routing/ingress";
import { istio } from "./routing/istio";
import type { Router } from "./routing/router";
import { traefik } from "./routing/traefik";
import { podHops, service, type Service, type ServicePort } from "./services";
import { type Hop, lost, type Request } from "./trace";

/** Entrance of a request: where it comes in, and the controller it meets there. */
export interface Entrance {
  readonly hops: readonly Hop[];
  /** router; undefined = the pods behind the entrance answer themselves. */
  readonly router?: Router;
  /** port at which it comes in, by its name in the controller. */
  readonly port: ServicePort;
  /** service that it comes in by; undefined while istiod has not made it. */
  readonly service?: Service;
}

/** entranceOf a request: the Service with its node port or address, else that of a controller, else a Gateway of Istio. */
export function entranceOf(objects: Objects, { url }: Request): Entrance {
  const asked = Number(url.port === "" ? (url.protocol === "https:" ? 443 : 80) : url.port);
  const services = objects.all("/Service", service);
  const balanced = services.filter(({ value }) => value.spec.type === "LoadBalancer");
  const candidates = [
    ...services.map((each) => ({ service: each, port: portWith(each, "nodePort", asked) })),
    ...balanced
      .filter((each) => addressesOf(each).includes(url.hostname))
      .map((each) => ({ service: each, port: portWith(each, "port", asked) })),
    ...balanced
      .filter((each) => routerOf(each) !== undefined)
      .map((each) => ({ service: each, port: portWith(each, "port", asked) })),
  ];
  for (const { service: found, port } of candidates)
    if (port !== undefined) return serviceEntrance(objects, found, port, asked);
  return (
    gatewayEntrance(objects, asked) ??
    lost(
      `nothing listens on port ${asked}: no Service has it at a node, and no controller at the load balancer`,
    )
  );
}

function serviceEntrance(objects: Objects, found: Service, port: ServicePort, asked: number): Entrance {
  const router = routerOf(found);
  return {
    hops: [
      ...(found.value.spec.type === "LoadBalancer" ? announced(objects, found) : []),
      {
        at: "service",
        object: found.ref,
        says: asked === port.nodePort ? `node port ${asked}` : `port ${asked}`,
      },
      ...podHops(objects, found, port),
    ],
    ...(router === undefined ? {} : { router }),
    port,
    service: found,
  };
}

const gateway = z.looseObject({
  spec: z.looseObject({
    gatewayClassName: z.string(),
    infrastructure: z.looseObject({ annotations: z.record(z.string(), z.string()).default({}) }).optional(),
    listeners: z.array(z.looseObject({ name: z.string(), port: z.number() })),
  }),
});

/** gatewayEntrance: istiod makes Service and pods of a Gateway, so before a deploy there is only the Gateway. */
function gatewayEntrance(objects: Objects, asked: number): Entrance | undefined {
  for (const { ref, value } of objects.all("gateway.networking.k8s.io/Gateway", gateway)) {
    const listener = value.spec.listeners.find(({ port }) => port === asked);
    if (value.spec.gatewayClassName !== "istio" || listener === undefined) continue;
    const annotations = value.spec.infrastructure?.annotations ?? {};
    const hop: Hop = {
      at: "service",
      object: ref,
      says: `port ${asked}, by the Service that istiod makes of it`,
    };
    return {
      hops: [...addressOf(objects, annotations, undefined, ref.name), hop],
      router: gatewayOf("istio"),
      port: { name: listener.name, port: asked },
    };
  }
  return undefined;
}

function announced(objects: Objects, { ref, value }: Service): Hop[] {
  return addressOf(objects, value.metadata.annotations, value.status?.loadBalancer?.ingress[0]?.ip, ref.name);
}

function addressOf(
  objects: Objects,
  annotations: Readonly<Record<string, string>>,
  given: string | undefined,
  name: string,
): Hop[] {
  const address = given ?? annotations["metallb.io/loadBalancerIPs"]?.split(",")[0];
  if (address === undefined) return lost(`${name} has no address and asks for none`);
  return addressHops(objects, address, annotations["metallb.io/address-pool"]);
}

function portWith({ value }: Service, field: "port" | "nodePort", asked: number): ServicePort | undefined {
  return value.spec.ports.find((each) => each[field] === asked);
}

function addressesOf({ value }: Service): string[] {
  const given = (value.status?.loadBalancer?.ingress ?? []).flatMap(({ ip }) =>
    ip === undefined ? [] : [ip],
  );
  return [...given, ...(value.metadata.annotations["metallb.io/loadBalancerIPs"]?.split(",") ?? [])];
}

/** routerOf a Service: how the controller routes whose pods it selects; undefined = they are no controller. */
function routerOf({ value }: Service): Router | undefined {
  const selector = value.spec.selector ?? {};
  if (selector["gateway.networking.k8s.io/gateway-name"] !== undefined) return gatewayOf("istio");
  if (selector["istio"] !== undefined) return istio;
  if (selector["app.kubernetes.io/name"] === "ingress-nginx") return ingressNginx;
  if (selector["app.kubernetes.io/name"] !== "traefik") return undefined;
  return (objects, arrival) => traefik(objects, arrival) ?? gatewayOf("traefik")(objects, arrival);
}
