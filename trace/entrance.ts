import { z } from "zod";
import { addressHops } from "./addresses";
import type { ObjectRef, Objects } from "./objects";
import { gatewayOf } from "./routing/gateway";
import { ingressNginx } from "./routing/ingress";
import { istio } from "./routing/istio";
import type { Router } from "./routing/router";
import { traefik } from "./routing/traefik";
import { podHops, service, type Service, type ServicePort } from "./services";
import { type Hop, lost, type Request, type Upstream } from "./trace";

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
  const balanced = balancedOf(objects);
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
  const [gateway] = gatewaysAt(objects, asked);
  if (gateway !== undefined) return gatewayEntrance(objects, gateway);
  return lost(
    `nothing listens on port ${asked}: no Service has it at a node, and no controller at the load balancer`,
  );
}

/** entranceAt an upstream of the proxy in front; undefined = no Service of the load balancer has that address. */
export function entranceAt(objects: Objects, { host, port: asked }: Upstream): Entrance | undefined {
  const there = balancedOf(objects).filter((each) => addressesOf(each).includes(host));
  for (const found of there) {
    const port = portWith(found, "port", asked);
    if (port !== undefined) return serviceEntrance(objects, found, port, asked);
  }
  const gateway = gatewaysAt(objects, asked).find(({ annotations }) => requested(annotations).includes(host));
  if (gateway !== undefined) return gatewayEntrance(objects, gateway);
  const [first] = there;
  if (first === undefined) return undefined;
  return lost(
    `Service ${first.namespace}/${first.ref.name} has ${host} and does not listen on port ${asked}`,
  );
}

function balancedOf(objects: Objects): Service[] {
  return objects.all("/Service", service).filter(({ value }) => value.spec.type === "LoadBalancer");
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

/** IstioGateway at a port. istiod makes Service and pods of it, so before a deploy there is only the Gateway. */
interface IstioGateway {
  readonly ref: ObjectRef;
  readonly annotations: Readonly<Record<string, string>>;
  readonly port: { readonly name: string; readonly port: number };
}

function gatewaysAt(objects: Objects, asked: number): IstioGateway[] {
  return objects.all("gateway.networking.k8s.io/Gateway", gateway).flatMap(({ ref, value }) => {
    const { gatewayClassName, infrastructure, listeners } = value.spec;
    const listener = listeners.find(({ port }) => port === asked);
    if (gatewayClassName !== "istio" || listener === undefined) return [];
    return [{ ref, annotations: infrastructure?.annotations ?? {}, port: listener }];
  });
}

function gatewayEntrance(objects: Objects, { ref, annotations, port }: IstioGateway): Entrance {
  const hop: Hop = {
    at: "service",
    object: ref,
    says: `port ${port.port}, by the Service that istiod makes of it`,
  };
  return {
    hops: [...addressOf(objects, annotations, undefined, ref.name), hop],
    router: gatewayOf("istio"),
    port: { name: port.name, port: port.port },
  };
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
  const address = given ?? requested(annotations)[0];
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
  return [...given, ...requested(value.metadata.annotations)];
}

function requested(annotations: Readonly<Record<string, string>>): string[] {
  return annotations["metallb.io/loadBalancerIPs"]?.split(",") ?? [];
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
