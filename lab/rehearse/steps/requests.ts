import { type KubernetesObject, printRef, refOf } from "../../../trace/objects";
import { follow } from "../../../trace/follow";
import type { ClusterObjects, KubernetesObjectLike } from "../../kubernetes/contract";
import { tracedObjects } from "../../kubernetes/traced";
import type { Lab } from "../..";
import { complaintAbout, inWords, timesFor } from "../answers";
import { expectAnswers } from "../expect";
import type { Step } from "../step";
import { StepFailed } from "../step-failed";
import { addressesOf, type ExpectedRequest, grown } from "../subject";
import { until } from "../until";

/** Every request is answered; and none is, once any object on its way is missing. */
export const requests: Step = {
  name: "requests: answered, and by these objects alone",
  async run({ subject, lab }, say) {
    const layout = grown(subject);
    await expectAnswers(lab, layout);
    const broken: string[] = [];
    for (const cluster of layout.clusters) {
      const [first] = cluster.requests;
      if (first === undefined) continue;
      const hops = await breakEachHop(lab, addressesOf(cluster.servers), first, say);
      broken.push(`${inWords(first)}: not without any one of ${hops.join(", ")}`);
    }
    const seen = await expectAnswers(lab, layout);
    return { add: 0, change: 0, destroy: 0, seen: [...seen, ...broken] };
  },
};

async function breakEachHop(
  lab: Lab,
  servers: readonly string[],
  request: ExpectedRequest,
  say: (line: string) => void,
): Promise<string[]> {
  const cluster = lab.cluster(servers);
  const visit = { ...request, url: new URL(request.url) };
  const way = follow(tracedObjects(await cluster.objects()), visit);
  if (way.hops.length === 0) throw new StepFailed(`${request.url} is answered, and no object makes it so`);
  for (const { object: hop } of way.hops) {
    say(`without ${printRef(hop)}`);
    const before = await found(cluster, (candidate) => printRef(refOf(candidate)) === printRef(hop));
    await cluster.deleteObject(hop);
    const missed = await until(async () => (await complaint(lab, servers, request)) !== undefined);
    await cluster.restoreObject(before);
    if (!missed)
      throw new StepFailed(`${request.url} is answered without ${printRef(hop)}, which trace lists`);
    const back = await until(async () => (await complaint(lab, servers, request)) === undefined);
    if (!back) throw new StepFailed(`${request.url} is not answered again with ${printRef(hop)} restored`);
  }
  return way.hops.map(({ object }) => printRef(object));
}

async function complaint(
  lab: Lab,
  servers: readonly string[],
  request: ExpectedRequest,
): Promise<string | undefined> {
  const times = timesFor(request);
  return complaintAbout(request, await lab.visitor(servers).visit(request, times), times);
}

async function found(
  cluster: ClusterObjects,
  wanted: (object: KubernetesObject) => boolean,
): Promise<KubernetesObjectLike> {
  const objects = await cluster.objects();
  const index = tracedObjects(objects).findIndex(wanted);
  const object = objects[index];
  if (object === undefined) throw new StepFailed("an object on the way is gone before anybody deleted it");
  return object;
}
