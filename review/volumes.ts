import { listAt, textAt } from "./json";
import { isEnding, kindOf, manifestOf } from "./manifests";
import type { Change, Plan } from "./plan";

/** volumesLost with changes of one plan, in words. */
export function volumesLost(changes: readonly Change[], { changes: all }: Plan): string[] {
  return changes.filter(isEnding).flatMap((change): string[] => {
    const name = textAt(manifestOf(change), "metadata", "name") ?? change.name;
    if (change.type === "helm_release" && change.name === "longhorn") return ["every volume on Longhorn"];
    if (kindOf(change) === "PersistentVolumeClaim") return [`volume ${name}`];
    return kindOf(change) === "Namespace" ? claimsIn(name, all) : [];
  });
}

/**
 * volumesKept by the cluster although what used or made them ends. Source: kubernetes.io, StatefulSet, Limitations;
 * local-path-provisioner keeps what it made in folders of the node.
 */
export function volumesKept(changes: readonly Change[], { changes: all }: Plan): string[] {
  return changes.filter(isEnding).flatMap((change): string[] => {
    const manifest = manifestOf(change);
    if (kindOf(change) === "StorageClass")
      return [`volumes of storage ${textAt(manifest, "metadata", "name") ?? ""}, where no more are made`];
    const namespace = textAt(manifest, "metadata", "namespace") ?? "";
    const isGone = all.some(
      (other) =>
        isEnding(other) &&
        kindOf(other) === "Namespace" &&
        textAt(manifestOf(other), "metadata", "name") === namespace,
    );
    return isGone ? [] : claimsIn(namespace, [change]);
  });
}

/** claimsIn a namespace of StatefulSets that end: they leave their claims, the namespace would take them along. */
function claimsIn(namespace: string, changes: readonly Change[]): string[] {
  return changes.flatMap((change) => {
    const manifest = manifestOf(change);
    if (!isEnding(change) || textAt(manifest, "metadata", "namespace") !== namespace) return [];
    return listAt(manifest, "spec", "volumeClaimTemplates").length === 0
      ? []
      : [`the volumes of ${textAt(manifest, "metadata", "name") ?? change.name}`];
  });
}
