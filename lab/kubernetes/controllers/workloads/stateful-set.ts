import type { KubernetesObjectLike } from "../../contract";
import { listAt, numberAt, objectAt, textAt } from "../../json";
import { changed, type Controller, readKey } from "../controller";
import { type Desk, hasCondition } from "../desk";
import { isActive, podOf } from "./pod-of";
import { workloadKeys } from "./replica-set";
import { templateHash } from "./template-hash";

const apps = "apps/v1";
const hashLabel = "controller-revision-hash";

/** statefulSetController keeps pods with names of their own, one after another unless their management is Parallel. */
export const statefulSetController: Controller = {
  name: "statefulset-controller",
  concerned: (change, desk) => workloadKeys("StatefulSet", changed(change), desk),
  reconcile(key, desk) {
    const { namespace, name } = readKey(key);
    const set = desk.find(apps, "StatefulSet", name, namespace);
    if (set === undefined || set.metadata.deletionTimestamp !== undefined) return undefined;
    const hash = `${name}-${templateHash(objectAt(set, "spec", "template"))}`;
    const wanted = numberAt(set, "spec", "replicas") ?? 1;
    const names = Array.from({ length: wanted }, (_, index) => `${name}-${index}`);
    const pods = new Map(desk.ownedBy(set, "v1", "Pod").map((pod) => [pod.metadata.name, pod]));
    const isParallel = textAt(set, "spec", "podManagementPolicy") === "Parallel";
    for (const [index, podName] of names.entries()) {
      const pod = pods.get(podName);
      if (pod === undefined) create(set, podName, index, hash, desk);
      if (!isParallel && !hasCondition(pod, "Ready")) break;
    }
    const surplus = [...pods.values()].filter((pod) => !names.includes(pod.metadata.name) && isActive(pod));
    for (const pod of byOrdinal(surplus).slice(0, isParallel ? surplus.length : 1)) desk.remove(pod);
    if (surplus.length === 0) replaceOne(set, names, pods, hash, desk);
    writeStatus(set, hash, desk);
    return undefined;
  },
};

/** replaceOne: an outdated pod at a time, the highest ordinal first, and only while all above it are ready. */
function replaceOne(
  set: KubernetesObjectLike,
  names: readonly string[],
  pods: ReadonlyMap<string, KubernetesObjectLike>,
  hash: string,
  desk: Desk,
): void {
  if (textAt(set, "spec", "updateStrategy", "type") === "OnDelete") return;
  const partition = numberAt(set, "spec", "updateStrategy", "rollingUpdate", "partition") ?? 0;
  for (const name of names.slice(partition).reverse()) {
    const pod = pods.get(name);
    if (pod === undefined) return;
    if (pod.metadata.labels?.[hashLabel] !== hash) {
      if (isActive(pod)) desk.remove(pod);
      return;
    }
    if (!hasCondition(pod, "Ready")) return;
  }
}

function create(set: KubernetesObjectLike, name: string, index: number, hash: string, desk: Desk): void {
  const { namespace } = set.metadata;
  const claims = listAt(set, "spec", "volumeClaimTemplates").map((template) => ({
    volume: textAt(template, "metadata", "name") ?? "",
    spec: objectAt(template, "spec"),
  }));
  for (const { volume, spec } of claims) {
    const claim = `${volume}-${name}`;
    if (desk.find("v1", "PersistentVolumeClaim", claim, namespace) !== undefined) continue;
    const metadata = { name: claim, ...(namespace === undefined ? {} : { namespace }) };
    desk.create({
      apiVersion: "v1",
      kind: "PersistentVolumeClaim",
      metadata,
      spec,
      status: { phase: "Pending" },
    });
  }
  const volumes = claims.map(({ volume }) => ({
    name: volume,
    persistentVolumeClaim: { claimName: `${volume}-${name}` },
  }));
  const template = listAt(set, "spec", "template", "spec", "volumes");
  const service = textAt(set, "spec", "serviceName");
  desk.create(
    podOf(
      set,
      name,
      {
        [hashLabel]: hash,
        "statefulset.kubernetes.io/pod-name": name,
        "apps.kubernetes.io/pod-index": String(index),
      },
      {
        hostname: name,
        ...(service === undefined ? {} : { subdomain: service }),
        ...(volumes.length === 0 ? {} : { volumes: [...template, ...volumes] }),
      },
    ),
  );
}

function writeStatus(set: KubernetesObjectLike, hash: string, desk: Desk): void {
  const pods = desk.ownedBy(set, "v1", "Pod");
  const updated = pods.filter((pod) => pod.metadata.labels?.[hashLabel] === hash);
  const ready = pods.filter((pod) => hasCondition(pod, "Ready") && isActive(pod)).length;
  const wanted = numberAt(set, "spec", "replicas") ?? 1;
  const isDone = updated.length === wanted && pods.length === wanted && ready === wanted;
  desk.setStatus(set, {
    observedGeneration: set.metadata.generation ?? 1,
    replicas: pods.length,
    readyReplicas: ready,
    availableReplicas: ready,
    updatedReplicas: updated.length,
    currentReplicas: isDone ? updated.length : pods.length - updated.length,
    currentRevision: isDone ? hash : (textAt(set, "status", "currentRevision") ?? hash),
    updateRevision: hash,
    collisionCount: 0,
  });
}

function byOrdinal(pods: readonly KubernetesObjectLike[]): readonly KubernetesObjectLike[] {
  const ordinal = (pod: KubernetesObjectLike): number => Number(pod.metadata.name.split("-").at(-1));
  return [...pods].sort((one, other) => ordinal(other) - ordinal(one));
}
