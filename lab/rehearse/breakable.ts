import { type KubernetesObject, printRef, refOf } from "../../trace/objects";
import { follow, followFromEdge } from "../../trace/follow";
import { serversOf } from "../../trace/edge/server";
import type { EdgeRef, Step } from "../../trace/trace";
import type { Lab } from "..";
import type { HostKind, LabEdge } from "../edge";
import type { BreakableCluster } from "../kubernetes/contract";
import { tracedObjects } from "../kubernetes/traced";
import { StepFailed } from "./step-failed";
import { addressesOf, type ExpectedRequest, type LaidOutCluster } from "./subject";

/** Breakable is one object on a request's way, in a cluster or in the proxy in front, that can be taken away. */
export interface Breakable {
  /** name as trace prints it. */
  readonly name: string;
  /** remove it, until the returned function is called. */
  remove(): Promise<() => Promise<void>>;
}

/** breakablesOf a request's way, hop by hop; those in front only where nothing there would take their place. */
export async function breakablesOf(
  lab: Lab,
  { servers }: LaidOutCluster,
  request: ExpectedRequest,
): Promise<Breakable[]> {
  const cluster = lab.cluster(addressesOf(servers));
  const objects = tracedObjects(await cluster.objects());
  const visit = { ...request, url: new URL(request.url) };
  if (request.through === undefined)
    return follow(objects, visit).hops.map(({ object }) => inCluster(cluster, object));
  const edge = lab.edge(request.through);
  const { hops } = followFromEdge(edge.records(), objects, visit);
  const isAlone = isAloneInFront(lab, request);
  return hops.flatMap((hop) => {
    if (!isInFront(hop)) return [inCluster(cluster, hop.object)];
    return isAlone ? [inEdge(edge, hop.object)] : [];
  });
}

/** isAloneInFront: no other host of the proxy would take the request if its own were gone, as a wildcard does. */
export function isAloneInFront(lab: Pick<Lab, "edge">, { through, url }: ExpectedRequest): boolean {
  return through === undefined || serversOf(lab.edge(through).records(), new URL(url).hostname).length === 1;
}

function isInFront(hop: Step): hop is Extract<Step, { object: EdgeRef }> {
  return hop.at === "edge" || hop.at === "edge certificate";
}

function inCluster(
  cluster: BreakableCluster,
  object: Parameters<BreakableCluster["deleteObject"]>[0],
): Breakable {
  const name = printRef(object);
  return {
    name,
    async remove() {
      const objects = await cluster.objects();
      const index = tracedObjects(objects).findIndex(
        (candidate: KubernetesObject) => printRef(refOf(candidate)) === name,
      );
      const before = objects[index];
      if (before === undefined)
        throw new StepFailed("an object on the way is gone before anybody deleted it");
      await cluster.deleteObject(object);
      return () => cluster.restoreObject(before);
    },
  };
}

const kinds: Readonly<Record<EdgeRef["kind"], HostKind | "certificate" | "stream">> = {
  ProxyHost: "proxy",
  RedirectionHost: "redirection",
  DeadHost: "dead",
  Stream: "stream",
  Certificate: "certificate",
};

function inEdge({ hand, address }: LabEdge, { kind, name }: EdgeRef): Breakable {
  const id = Number(name);
  return {
    name: `${kind} ${name} in the proxy at ${address}`,
    async remove() {
      const host = kinds[kind];
      if (host === "stream") throw new StepFailed("no request of a rehearsal goes through a stream");
      if (host === "certificate") {
        await hand.deleteCertificate(id);
        return () => hand.restoreCertificate(id);
      }
      await hand.deleteRow(host, id);
      return () => hand.restoreRow(host, id);
    },
  };
}
