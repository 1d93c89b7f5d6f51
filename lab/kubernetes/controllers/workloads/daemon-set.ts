import type { JsonObject, KubernetesObjectLike } from "../../contract";
import { isObject, listAt, numberAt, objectAt, textAt } from "../../json";
import { suffix } from "../../store/api";
import { ApiProblem } from "../../store/problem";
import { changed, type Controller, keyOf, readKey } from "../controller";
import { type Desk, hasCondition } from "../desk";
import { isActive, podOf } from "./pod-of";
import { obstacle } from "./placement";
import { workloadKeys } from "./replica-set";
import { templateHash } from "./template-hash";

const apps = "apps/v1";
const hashLabel = "controller-revision-hash";

/** daemonSetController keeps one pod on each node that may have it, and replaces one outdated pod at a time. */
export const daemonSetController: Controller = {
  name: "daemonset-controller",
  concerned(change, desk) {
    const object = changed(change);
    if (object.kind === "Node") return desk.every(apps, "DaemonSet").map(keyOf);
    return workloadKeys("DaemonSet", object, desk);
  },
  reconcile(key, desk) {
    const { namespace, name } = readKey(key);
    const set = desk.find(apps, "DaemonSet", name, namespace);
    if (set === undefined || set.metadata.deletionTimestamp !== undefined) return undefined;
    const hash = templateHash(objectAt(set, "spec", "template"));
    const spec = podSpec(set);
    const nodes = desk.every("v1", "Node").filter((node) => obstacle(spec, node) === undefined);
    const names = nodes.map(({ metadata }) => metadata.name);
    const pods = desk.ownedBy(set, "v1", "Pod");
    for (const node of names)
      if (!pods.some((pod) => nodeOf(pod) === node)) create(set, node, spec, hash, desk);
    for (const pod of pods) if (!names.includes(nodeOf(pod)) && isActive(pod)) desk.remove(pod);
    replaceOne(set, hash, desk);
    writeStatus(set, names, hash, desk);
    return undefined;
  },
};

function replaceOne(set: KubernetesObjectLike, hash: string, desk: Desk): void {
  if (textAt(set, "spec", "updateStrategy", "type") === "OnDelete") return;
  const pods = desk.ownedBy(set, "v1", "Pod");
  const outdated = pods.find((pod) => pod.metadata.labels?.[hashLabel] !== hash && isActive(pod));
  const isQuiet = pods.every((pod) => isActive(pod) && hasCondition(pod, "Ready"));
  if (outdated !== undefined && (isQuiet || !hasCondition(outdated, "Ready"))) desk.remove(outdated);
}

function create(set: KubernetesObjectLike, node: string, spec: JsonObject, hash: string, desk: Desk): void {
  try {
    desk.create(
      podOf(set, `${set.metadata.name}-${suffix()}`, { [hashLabel]: hash }, { ...spec, nodeName: node }),
    );
  } catch (error) {
    if (!(error instanceof ApiProblem)) throw error;
    desk.tell(set, "Warning", "FailedCreate", `Error creating: ${error.message}`);
  }
}

/** podSpec with the tolerations that every daemon's pod gets (kubernetes: pkg/controller/daemon/util). */
function podSpec(set: KubernetesObjectLike): JsonObject {
  const spec = objectAt(set, "spec", "template", "spec");
  const conditions = [
    "not-ready:NoExecute",
    "unreachable:NoExecute",
    "unreachable:NoSchedule",
    "disk-pressure:NoSchedule",
  ];
  const more = [
    ...conditions,
    "memory-pressure:NoSchedule",
    "pid-pressure:NoSchedule",
    "unschedulable:NoSchedule",
  ];
  const host = spec["hostNetwork"] === true ? ["network-unavailable:NoSchedule"] : [];
  const added = [...more, ...host].map((text) => {
    const [name = "", effect = ""] = text.split(":");
    return { key: `node.kubernetes.io/${name}`, operator: "Exists", effect };
  });
  return { ...spec, tolerations: [...listAt(spec, "tolerations").filter(isObject), ...added] };
}

function writeStatus(set: KubernetesObjectLike, nodes: readonly string[], hash: string, desk: Desk): void {
  const pods = desk.ownedBy(set, "v1", "Pod").filter((pod) => nodes.includes(nodeOf(pod)) && isActive(pod));
  const ready = pods.filter((pod) => hasCondition(pod, "Ready")).length;
  const missing = nodes.length - ready;
  desk.setStatus(set, {
    observedGeneration: set.metadata.generation ?? 1,
    desiredNumberScheduled: nodes.length,
    currentNumberScheduled: pods.length,
    numberMisscheduled: 0,
    numberReady: ready,
    ...(ready > 0 ? { numberAvailable: ready } : {}),
    ...(missing > 0 ? { numberUnavailable: missing } : {}),
    updatedNumberScheduled: pods.filter((pod) => pod.metadata.labels?.[hashLabel] === hash).length,
    collisionCount: numberAt(set, "status", "collisionCount") ?? 0,
  });
}

function nodeOf(pod: KubernetesObjectLike): string {
  return textAt(pod, "spec", "nodeName") ?? "";
}
