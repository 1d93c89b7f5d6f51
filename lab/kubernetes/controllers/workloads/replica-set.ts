import type { KubernetesObjectLike } from "../../contract";
import { listAt, numberAt, objectAt, textAt } from "../../json";
import { suffix } from "../../store/api";
import { ApiProblem } from "../../store/problem";
import { changed, type Controller, type Key, keyOf, readKey } from "../controller";
import { controllerOf, type Desk, hasCondition, withCondition } from "../desk";
import { isActive, podOf } from "./pod-of";

const apps = "apps/v1";

/** replicaSetController keeps as many pods as wanted, and says ReplicaFailure where they are refused. */
export const replicaSetController: Controller = {
  name: "replicaset-controller",
  concerned: (change, desk) => workloadKeys("ReplicaSet", changed(change), desk),
  reconcile(key, desk) {
    const { namespace, name } = readKey(key);
    const set = desk.find(apps, "ReplicaSet", name, namespace);
    if (set === undefined || set.metadata.deletionTimestamp !== undefined) return undefined;
    const pods = desk.ownedBy(set, "v1", "Pod").filter(isActive);
    const wanted = numberAt(set, "spec", "replicas") ?? 1;
    for (const pod of expendable(pods).slice(0, Math.max(0, pods.length - wanted))) desk.remove(pod);
    const failure = createMissing(set, wanted - pods.length, desk);
    writeStatus(set, failure, desk);
    return undefined;
  },
};

/** workloadKeys: a workload itself, the owner of a pod, and every workload of a namespace whose rules changed. */
export function workloadKeys(kind: string, object: KubernetesObjectLike, desk: Desk): readonly Key[] {
  if (object.kind === kind) return [keyOf(object)];
  const owner = controllerOf(object.metadata.ownerReferences);
  const { namespace = "" } = object.metadata;
  if (object.kind === "Pod") return owner?.kind === kind ? [`${namespace}/${owner.name}`] : [];
  const home =
    object.kind === "Namespace"
      ? object.metadata.name
      : object.kind === "ServiceAccount"
        ? namespace
        : undefined;
  return home === undefined ? [] : desk.every(apps, kind, home).map(keyOf);
}

function createMissing(set: KubernetesObjectLike, count: number, desk: Desk): string | undefined {
  try {
    for (let made = 0; made < count; made++) desk.create(podOf(set, `${set.metadata.name}-${suffix()}`));
    return undefined;
  } catch (error) {
    if (!(error instanceof ApiProblem)) throw error;
    const home = desk.find("v1", "Namespace", set.metadata.namespace ?? "");
    if (home?.metadata.deletionTimestamp === undefined)
      desk.tell(set, "Warning", "FailedCreate", `Error creating: ${error.message}`);
    return error.message;
  }
}

/** expendable puts first what is given up first: not placed, not ready, then the youngest. */
function expendable(pods: readonly KubernetesObjectLike[]): readonly KubernetesObjectLike[] {
  const rank = (pod: KubernetesObjectLike): number =>
    objectAt(pod, "spec")["nodeName"] === undefined ? 0 : hasCondition(pod, "Ready") ? 2 : 1;
  const age = (pod: KubernetesObjectLike): string => textAt(pod, "metadata", "creationTimestamp") ?? "";
  return [...pods].sort((one, other) => rank(one) - rank(other) || (age(one) < age(other) ? 1 : -1));
}

function writeStatus(set: KubernetesObjectLike, failure: string | undefined, desk: Desk): void {
  const now = desk.again(set);
  if (now === undefined) return;
  const pods = desk.ownedBy(now, "v1", "Pod").filter(isActive);
  const ready = pods.filter((pod) => hasCondition(pod, "Ready")).length;
  const before = listAt(now, "status", "conditions");
  const others = before.filter((one) => textAt(one, "type") !== "ReplicaFailure");
  const isKnown = others.length < before.length;
  const failed = {
    type: "ReplicaFailure",
    status: "True" as const,
    reason: "FailedCreate",
    message: failure,
  };
  // A failure that is known stays as it was first told: the next one names another pod.
  const conditions = failure === undefined ? others : isKnown ? before : withCondition(before, failed);
  desk.setStatus(now, {
    replicas: pods.length,
    fullyLabeledReplicas: pods.length,
    readyReplicas: ready,
    availableReplicas: ready,
    observedGeneration: now.metadata.generation ?? 1,
    ...(conditions.length === 0 ? {} : { conditions }),
  });
}
