import { addressHops } from "./addresses";
import { type KubernetesObject, Objects } from "./objects";
import { gatewayOf } from "./routing/gateway";
import { ingressNginx } from "./routing/ingress";
import { istio } from "./routing/istio";
import type { Arrival, Choice, Destination, Router } from "./routing/router";
import { traefik } from "./routing/traefik";
import { podHops, service, type Service, serviceNamed, type ServicePort } from "./services";
import { type Answerer, type End, type Hop, lost, Lost, type Request, type Way } from "./trace";

/**
 * follow a request through one cluster's objects, from the load balancer's address, or a node's port, to pods. By the
 * objects alone: it knows nothing of how they came about.
 */
export function follow(all: readonly KubernetesObject[], request: Request): Way {
  const objects = new Objects(all);
  const hops: Hop[] = [];
  try {
    return { hops, end: walk(objects, request, hops) };
  } catch (error) {
    if (error instanceof Lost) return { hops, end: { kind: "lost", why: error.message } };
    throw error;
  }
}

function walk(objects: Objects, request: Request, hops: Hop[]): End {
  const { entrance, port } = entranceOf(objects, request);
  if (entrance.value.spec.type === "LoadBalancer") hops.push(...announced(objects, entrance));
  hops.push({ at: "service", object: entrance.ref, says: `port ${port.port}` });
  const router = routerOf(entrance);
  hops.push(...podHops(objects, entrance, port));
  const percent = 100;
  if (router === undefined)
    return {
      kind: "answered",
      by: [{ service: entrance.ref.name, namespace: entrance.namespace, port: port.port, percent }],
    };
  const tls = request.url.protocol === "https:";
  const choice = router(objects, { request, service: entrance, port, tls });
  if (choice === undefined)
    return lost(
      `the controller has the request, and no route of it takes ${request.method} ${request.url.href}`,
    );
  hops.push(...choice.hops);
  return arrive(objects, choice, hops);
}

function arrive(objects: Objects, { action }: Choice, hops: Hop[]): End {
  if (action.kind === "redirect") return { kind: "redirected", status: action.status, to: action.to };
  const total = action.to.reduce((sum, { weight }) => sum + weight, 0);
  const serving = action.to.filter(({ weight }) => weight > 0);
  const answerers = serving.map((to) => answererOf(objects, to, (100 * to.weight) / total, hops));
  const outside = answerers.find((each) => typeof each === "string");
  if (outside !== undefined) return { kind: "left", host: outside };
  return { kind: "answered", by: answerers.filter((each) => typeof each !== "string") };
}

/** answererOf a destination: a service with pods, or the name outside that it stands for. */
function answererOf(objects: Objects, to: Destination, percent: number, hops: Hop[]): Answerer | string {
  const behind = serviceNamed(objects, to.namespace, to.service);
  const { externalName, ports } = behind.value.spec;
  if (externalName !== undefined) {
    hops.push({ at: "backend", object: behind.ref, says: `is ${externalName}` });
    return externalName;
  }
  const port = ports.find((each) => each.port === to.port || each.name === to.port);
  if (port === undefined) return lost(`Service ${to.namespace}/${to.service} has no port ${to.port}`);
  hops.push({
    at: "backend",
    object: behind.ref,
    says: `port ${port.port}, ${Math.round(percent)} % of requests`,
  });
  hops.push(...podHops(objects, behind, port));
  return { service: to.service, namespace: to.namespace, port: port.port, percent };
}

function announced(objects: Objects, { ref, namespace, value }: Service): Hop[] {
  const { annotations } = value.metadata;
  const given = value.status?.loadBalancer?.ingress[0]?.ip;
  const address = given ?? annotations["metallb.io/loadBalancerIPs"]?.split(",")[0];
  if (address === undefined) return lost(`Service ${namespace}/${ref.name} has no address and asks for none`);
  return addressHops(objects, address, annotations["metallb.io/address-pool"]);
}

/** entranceOf a request: the Service at its node port or address, else that of a controller. */
function entranceOf(objects: Objects, { url }: Request): { entrance: Service; port: ServicePort } {
  const asked = Number(url.port === "" ? (url.protocol === "https:" ? 443 : 80) : url.port);
  const services = objects.all("/Service", service);
  const byNodePort = (each: ServicePort): boolean => each.nodePort === asked;
  const byPort = (each: ServicePort): boolean => each.port === asked;
  const balanced = services.filter(({ value }) => value.spec.type === "LoadBalancer");
  const candidates = [
    ...services.map((entrance) => ({ entrance, port: entrance.value.spec.ports.find(byNodePort) })),
    ...balanced
      .filter((each) => addressesOf(each).includes(url.hostname))
      .map((entrance) => ({ entrance, port: entrance.value.spec.ports.find(byPort) })),
    ...balanced
      .filter((each) => routerOf(each) !== undefined)
      .map((entrance) => ({ entrance, port: entrance.value.spec.ports.find(byPort) })),
  ];
  for (const { entrance, port } of candidates) if (port !== undefined) return { entrance, port };
  return lost(
    `nothing listens on port ${asked}: no Service has it at a node, and no controller at the load balancer`,
  );
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
  return (objects, arrival: Arrival) => traefik(objects, arrival) ?? gatewayOf("traefik")(objects, arrival);
}
