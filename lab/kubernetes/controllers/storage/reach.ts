import type { KubernetesObjectLike } from "../../contract";
import { listAt, textAt } from "../../json";
import { matchesSelector } from "../../store/selector";
import type { Desk } from "../desk";
import { claimKind, classGroup, isPending, selectedNode, waitsForPod } from "./claims";

/** claimNamesOf a pod's volumes. */
function claimNamesOf(pod: KubernetesObjectLike): readonly string[] {
  return listAt(pod, "spec", "volumes").flatMap(
    (volume) => textAt(volume, "persistentVolumeClaim", "claimName") ?? [],
  );
}

function claimsOf(pod: KubernetesObjectLike, desk: Desk): readonly KubernetesObjectLike[] {
  const { namespace } = pod.metadata;
  return claimNamesOf(pod).flatMap((name) => desk.find("v1", claimKind, name, namespace) ?? []);
}

/** unboundClaim of a pod that keeps it from being scheduled anywhere, in the scheduler's words. */
export function unboundClaim(pod: KubernetesObjectLike, desk: Desk): string | undefined {
  const claims = claimsOf(pod, desk);
  const missing = claimNamesOf(pod).find((name) => claims.every(({ metadata }) => metadata.name !== name));
  if (missing !== undefined) return `persistentvolumeclaim "${missing}" not found`;
  const immediate = claims.find((claim) => isPending(claim) && !waitsForPod(classOf(claim, desk)));
  return immediate === undefined
    ? undefined
    : `pod has unbound immediate PersistentVolumeClaims: ${immediate.metadata.name}`;
}

/** waitingClaims of a pod, which are bound when it is known where it will run. */
export function waitingClaims(pod: KubernetesObjectLike, desk: Desk): readonly KubernetesObjectLike[] {
  return claimsOf(pod, desk).filter(isPending);
}

/** withNode tells a waiting claim where its first pod will run. */
export function withNode(claim: KubernetesObjectLike, node: string): KubernetesObjectLike {
  const annotations = { ...claim.metadata.annotations, [selectedNode]: node };
  return { ...claim, metadata: { ...claim.metadata, annotations } };
}

/** volumesOf a pod that are there. */
export function volumesOf(pod: KubernetesObjectLike, desk: Desk): readonly KubernetesObjectLike[] {
  return claimsOf(pod, desk).flatMap((claim) => {
    return desk.find("v1", "PersistentVolume", textAt(claim, "spec", "volumeName") ?? "") ?? [];
  });
}

/** outOfReach: one of these volumes lies on another node, in the scheduler's words. */
export function outOfReach(
  volumes: readonly KubernetesObjectLike[],
  { metadata: { labels = {} } }: KubernetesObjectLike,
): string | undefined {
  const isFar = volumes.some((volume) => {
    const terms = listAt(volume, "spec", "nodeAffinity", "required", "nodeSelectorTerms");
    return terms.length > 0 && !terms.some((term) => matchesSelector(term, labels));
  });
  return isFar ? "node(s) didn't match PersistentVolume's node affinity" : undefined;
}

function classOf(claim: KubernetesObjectLike, desk: Desk): KubernetesObjectLike | undefined {
  return desk.find(classGroup, "StorageClass", textAt(claim, "spec", "storageClassName") ?? "");
}
