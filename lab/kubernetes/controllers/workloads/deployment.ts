import type { JsonObject, KubernetesObjectLike } from "../../contract";
import { at, numberAt, objectAt, recordAt, sameJson, textAt, withField } from "../../json";
import { changed, type Controller, readKey } from "../controller";
import { controllerOf, type Desk, ownerReference } from "../desk";
import { deploymentStatus } from "./deployment-status";
import { isActive } from "./pod-of";
import { portionOf } from "./portion";
import { workloadKeys } from "./replica-set";
import { templateHash } from "./template-hash";

const apps = "apps/v1";
const hashLabel = "pod-template-hash";
const revision = "deployment.kubernetes.io/revision";

/**
 * deploymentController rolls a template out through ReplicaSets, within maxSurge and maxUnavailable. A pod counts as
 * available as soon as it is ready: minReadySeconds and progressDeadlineSeconds do not pass here.
 * (kubernetes: pkg/controller/deployment)
 */
export const deploymentController: Controller = {
  name: "deployment-controller",
  concerned(change, desk) {
    const object = changed(change);
    if (object.kind === "Deployment") return workloadKeys("Deployment", object, desk);
    const { namespace = "", ownerReferences } = object.metadata;
    const owner = controllerOf(ownerReferences);
    if (object.kind === "ReplicaSet")
      return owner?.kind === "Deployment" ? [`${namespace}/${owner.name}`] : [];
    if (object.kind !== "Pod" || change.after !== undefined || owner?.kind !== "ReplicaSet") return [];
    const set = desk.find(apps, "ReplicaSet", owner.name, namespace);
    const top = controllerOf(set?.metadata.ownerReferences);
    return top?.kind === "Deployment" ? [`${namespace}/${top.name}`] : [];
  },
  reconcile(key, desk) {
    const { namespace, name } = readKey(key);
    const deployment = desk.find(apps, "Deployment", name, namespace);
    if (deployment === undefined || deployment.metadata.deletionTimestamp !== undefined) return undefined;
    if (at(deployment, "spec", "paused") !== true) roll(deployment, desk);
    const now = desk.again(deployment);
    if (now !== undefined) {
      const { current, old } = setsOf(now, desk);
      desk.setStatus(now, deploymentStatus(now, current, old));
    }
    return undefined;
  },
};

interface Sets {
  readonly current: KubernetesObjectLike | undefined;
  /** old, the oldest first. */
  readonly old: readonly KubernetesObjectLike[];
}

function setsOf(deployment: KubernetesObjectLike, desk: Desk): Sets {
  const all = [...desk.ownedBy(deployment, apps, "ReplicaSet")].sort(
    (one, other) => revisionOf(one) - revisionOf(other),
  );
  const template = objectAt(deployment, "spec", "template");
  const current = all.find((set) => sameJson(ownTemplate(set), template));
  return { current, old: all.filter((set) => set !== current) };
}

function roll(deployment: KubernetesObjectLike, desk: Desk): void {
  const isRecreate = textAt(deployment, "spec", "strategy", "type") === "Recreate";
  const { old } = setsOf(deployment, desk);
  if (isRecreate) {
    for (const set of old) scale(set, 0, desk);
    const pods = old.flatMap((set) => desk.ownedBy(set, "v1", "Pod"));
    if (pods.some((pod) => isActive(pod) || pod.metadata.deletionTimestamp !== undefined)) return;
  }
  const current = setsOf(deployment, desk).current ?? begin(deployment, desk);
  const known = withRevision(deployment, current, desk);
  const wanted = numberAt(deployment, "spec", "replicas") ?? 1;
  if (isRecreate) scale(known, wanted, desk);
  else rollStep(deployment, wanted, desk);
  cleanUp(deployment, desk);
}

/** rollStep: up within maxSurge, then down while enough stays available. */
function rollStep(deployment: KubernetesObjectLike, wanted: number, desk: Desk): void {
  const { surge, unavailable } = bounds(deployment, wanted);
  const grow = setsOf(deployment, desk);
  if (grow.current === undefined) return;
  const size = sizeOf(grow.current);
  const room = wanted + surge - [grow.current, ...grow.old].reduce((sum, set) => sum + sizeOf(set), 0);
  if (size > wanted) scale(grow.current, wanted, desk);
  else if (size < wanted && room > 0) scale(grow.current, size + Math.min(room, wanted - size), desk);

  const { current, old } = setsOf(deployment, desk);
  if (current === undefined) return;
  const all = [current, ...old].reduce((sum, set) => sum + sizeOf(set), 0);
  const newMissing = sizeOf(current) - availableOf(current);
  let spare = all - (wanted - unavailable) - newMissing;
  for (const set of old) {
    const unhealthy = Math.min(spare, Math.max(0, sizeOf(set) - availableOf(set)));
    if (unhealthy > 0) spare -= shrink(set, unhealthy, desk);
  }
  const left = setsOf(deployment, desk);
  const available = [current, ...left.old].reduce(
    (sum, set) => sum + Math.min(availableOf(set), sizeOf(set)),
    0,
  );
  let excess = Math.min(spare, available - (wanted - unavailable));
  for (const set of left.old) {
    const less = Math.min(excess, sizeOf(set));
    if (less > 0) excess -= shrink(set, less, desk);
  }
}

function bounds(deployment: KubernetesObjectLike, wanted: number): { surge: number; unavailable: number } {
  const value = (field: string, round: (value: number) => number): number =>
    portionOf(at(deployment, "spec", "strategy", "rollingUpdate", field) ?? "25%", wanted, round);
  const surge = value("maxSurge", Math.ceil);
  const unavailable = Math.min(wanted, value("maxUnavailable", Math.floor));
  return surge === 0 && unavailable === 0 ? { surge, unavailable: 1 } : { surge, unavailable };
}

function begin(deployment: KubernetesObjectLike, desk: Desk): KubernetesObjectLike {
  const template = objectAt(deployment, "spec", "template");
  const hash = templateHash(template);
  const { name, namespace } = deployment.metadata;
  const selector = objectAt(deployment, "spec", "selector");
  return desk.create({
    apiVersion: apps,
    kind: "ReplicaSet",
    metadata: {
      name: `${name}-${hash}`,
      ...(namespace === undefined ? {} : { namespace }),
      labels: { ...recordAt(template, "metadata", "labels"), [hashLabel]: hash },
      ownerReferences: [ownerReference(deployment)],
    },
    spec: {
      replicas: 0,
      selector: withField(selector, ["matchLabels", hashLabel], hash),
      template: withField(template, ["metadata", "labels", hashLabel], hash),
    },
  });
}

function withRevision(
  deployment: KubernetesObjectLike,
  current: KubernetesObjectLike,
  desk: Desk,
): KubernetesObjectLike {
  const newest = Math.max(0, ...setsOf(deployment, desk).old.map(revisionOf));
  const number = revisionOf(current) > newest ? revisionOf(current) : newest + 1;
  annotate(deployment, String(number), desk);
  return annotate(current, String(number), desk);
}

function annotate(object: KubernetesObjectLike, number: string, desk: Desk): KubernetesObjectLike {
  const now = desk.again(object);
  if (now === undefined || now.metadata.annotations?.[revision] === number) return now ?? object;
  const annotations = { ...now.metadata.annotations, [revision]: number };
  return desk.update({ ...now, metadata: { ...now.metadata, annotations } });
}

/** cleanUp keeps revisionHistoryLimit old ReplicaSets to roll back to. */
function cleanUp(deployment: KubernetesObjectLike, desk: Desk): void {
  const limit = numberAt(deployment, "spec", "revisionHistoryLimit") ?? 10;
  const empty = setsOf(deployment, desk).old.filter(
    (set) => sizeOf(set) === 0 && (numberAt(set, "status", "replicas") ?? 0) === 0,
  );
  for (const set of empty.slice(0, Math.max(0, empty.length - limit))) desk.remove(set);
}

function shrink(set: KubernetesObjectLike, by: number, desk: Desk): number {
  scale(set, sizeOf(set) - by, desk);
  return by;
}

function scale(set: KubernetesObjectLike, replicas: number, desk: Desk): void {
  const now = desk.again(set);
  if (now !== undefined && sizeOf(now) !== replicas)
    desk.update({ ...now, spec: { ...objectAt(now, "spec"), replicas } });
}

function ownTemplate(set: KubernetesObjectLike): JsonObject {
  return withField(objectAt(set, "spec", "template"), ["metadata", "labels", hashLabel], undefined);
}

function sizeOf(set: KubernetesObjectLike): number {
  return numberAt(set, "spec", "replicas") ?? 0;
}

function availableOf(set: KubernetesObjectLike): number {
  return numberAt(set, "status", "availableReplicas") ?? 0;
}

function revisionOf(set: KubernetesObjectLike): number {
  return Number(set.metadata.annotations?.[revision] ?? 0);
}
