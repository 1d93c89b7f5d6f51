import { type Onward, passEdge, printUpstream } from "./edge";
import type { EdgeRecords } from "./edge/records";
import { type Entrance, entranceAt, entranceOf } from "./entrance";
import { type KubernetesObject, Objects } from "./objects";
import type { Choice, Destination } from "./routing/router";
import { podHops, serviceNamed } from "./services";
import { type Answerer, type End, type Hop, lost, Lost, type Request, type Step, type Way } from "./trace";

/**
 * follow a request through one cluster's objects, from the load balancer's address, or a node's port, to pods. By the
 * objects alone: it knows nothing of how they came about.
 */
export function follow(all: readonly KubernetesObject[], request: Request): Way {
  const objects = new Objects(all);
  return ending((hops: Hop[]) =>
    asVisited(walk(objects, request, entranceOf(objects, request), hops), request),
  );
}

/** followFromEdge: as follow, from the proxy in front. What it does not know is reachable inside only: ask `knows` first. */
export function followFromEdge(
  edge: EdgeRecords,
  all: readonly KubernetesObject[],
  request: Request,
): Way<Step> {
  return ending((hops: Step[]) => {
    const passage = passEdge(edge, request, hops);
    if ("end" in passage) return passage.end;
    const objects = new Objects(all);
    const entrance = entranceAt(objects, passage.to);
    if (entrance === undefined) return outside(passage);
    return asVisited(walk(objects, passage.request, entrance, hops), request);
  });
}

function ending<Each>(walked: (hops: Each[]) => End): Way<Each> {
  const hops: Each[] = [];
  try {
    return { hops, end: walked(hops) };
  } catch (error) {
    if (error instanceof Lost) return { hops, end: { kind: "lost", why: error.message } };
    throw error;
  }
}

/** outside: an upstream of no Service here. A location may lead to another machine; a host of its own never does. */
function outside({ to, leaves = false }: Onward): End {
  if (leaves) return { kind: "left", host: `${to.host}:${to.port}` };
  return lost(`the edge sends it to ${printUpstream(to)}, which is no address of a Service in this cluster`);
}

/** asVisited: a browser completes what a Location leaves out from the URL that it asked for. */
function asVisited(end: End, { url }: Request): End {
  if (end.kind !== "redirected") return end;
  const to = new URL(end.to, url).href;
  return to === url.href
    ? lost(`it is redirected to ${to}, which is what it asked for: a loop`)
    : { ...end, to };
}

function walk(
  objects: Objects,
  request: Request,
  { hops: first, router, port, service }: Entrance,
  hops: Step[],
): End {
  hops.push(...first);
  if (router === undefined) {
    if (service === undefined) throw new Error("an entrance without a controller and without a Service");
    const { ref, namespace } = service;
    return { kind: "answered", by: [{ service: ref.name, namespace, port: port.port, percent: 100 }] };
  }
  const tls = request.url.protocol === "https:";
  const choice = router(objects, { request, port, tls, service });
  if (choice === undefined)
    return lost(
      `the controller has the request, and no route of it takes ${request.method} ${request.url.href}`,
    );
  hops.push(...choice.hops);
  return arrive(objects, choice, hops);
}

function arrive(objects: Objects, { action }: Choice, hops: Step[]): End {
  if (action.kind === "redirect") return { kind: "redirected", status: action.status, to: action.to };
  const total = action.to.reduce((sum, { weight }) => sum + weight, 0);
  const serving = action.to.filter(({ weight }) => weight > 0);
  const answerers = serving.map((to) => answererOf(objects, to, (100 * to.weight) / total, hops));
  const outside = answerers.find((each) => typeof each === "string");
  if (outside !== undefined) return { kind: "left", host: outside };
  return { kind: "answered", by: answerers.filter((each) => typeof each !== "string") };
}

/** answererOf a destination: a service with pods, or the name outside that it stands for. */
function answererOf(objects: Objects, to: Destination, percent: number, hops: Step[]): Answerer | string {
  const behind = serviceNamed(objects, to.namespace, to.service);
  const { externalName, ports } = behind.value.spec;
  if (externalName !== undefined) {
    hops.push({ at: "backend", object: behind.ref, says: `is ${externalName}` });
    return externalName;
  }
  const port = ports.find((each) => each.port === to.port || each.name === to.port);
  if (port === undefined) return lost(`Service ${to.namespace}/${to.service} has no port ${to.port}`);
  const says = `port ${port.port}, ${Math.round(percent)} % of requests`;
  hops.push({ at: "backend", object: behind.ref, says }, ...podHops(objects, behind, port));
  return { service: to.service, namespace: to.namespace, port: port.port, percent };
}
