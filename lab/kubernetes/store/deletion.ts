import type { KubernetesObjectLike } from "../contract";
import { numberAt, textAt } from "../json";
import type { Kind } from "./kind";

export type Propagation = "Background" | "Foreground" | "Orphan";

/**
 * deletionOf an object is what stays of it after DELETE: nothing, or the object marked, held by finalizers, by a
 * kubelet that still has to stop its containers, or by the content of a namespace.
 */
export function deletionOf(
  kind: Kind,
  object: KubernetesObjectLike,
  propagation: Propagation | undefined,
  now: string,
): KubernetesObjectLike | undefined {
  const wanted =
    propagation === "Foreground" ? ["foregroundDeletion"] : propagation === "Orphan" ? ["orphan"] : [];
  const finalizers = [...new Set([...(object.metadata.finalizers ?? []), ...wanted])];
  const isPod = kind.kind === "Pod" && kind.group === "";
  const runs = isPod && textAt(object, "spec", "nodeName") !== undefined && !isFinished(object);
  const isNamespace = kind.kind === "Namespace" && kind.group === "";
  if (finalizers.length === 0 && !runs && !isNamespace) return undefined;
  const { metadata } = object;
  const grace = isPod
    ? { deletionGracePeriodSeconds: numberAt(object, "spec", "terminationGracePeriodSeconds") ?? 30 }
    : {};
  const marked: KubernetesObjectLike = {
    ...object,
    metadata: {
      ...metadata,
      deletionTimestamp: metadata.deletionTimestamp ?? now,
      ...grace,
      ...(finalizers.length === 0 ? {} : { finalizers }),
    },
  };
  return isNamespace ? { ...marked, status: { phase: "Terminating" } } : marked;
}

function isFinished(pod: KubernetesObjectLike): boolean {
  return ["Succeeded", "Failed"].includes(textAt(pod, "status", "phase") ?? "");
}
