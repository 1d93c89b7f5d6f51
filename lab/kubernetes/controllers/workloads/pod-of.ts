import type { JsonObject, KubernetesObjectLike } from "../../contract";
import { objectAt, recordAt } from "../../json";
import { ownerReference } from "../desk";

/** podOf a workload's template. */
export function podOf(
  owner: KubernetesObjectLike,
  name: string,
  labels: Readonly<Record<string, string>> = {},
  spec: JsonObject = {},
): KubernetesObjectLike {
  const template = objectAt(owner, "spec", "template");
  const annotations = recordAt(template, "metadata", "annotations");
  return {
    apiVersion: "v1",
    kind: "Pod",
    metadata: {
      name,
      ...(owner.metadata.namespace === undefined ? {} : { namespace: owner.metadata.namespace }),
      labels: { ...recordAt(template, "metadata", "labels"), ...labels },
      ...(Object.keys(annotations).length === 0 ? {} : { annotations }),
      ownerReferences: [ownerReference(owner)],
    },
    spec: { ...objectAt(template, "spec"), ...spec },
  };
}

/** isActive: it is neither being deleted nor has it ended. */
export function isActive(pod: KubernetesObjectLike): boolean {
  const phase = objectAt(pod, "status")["phase"];
  return pod.metadata.deletionTimestamp === undefined && phase !== "Succeeded" && phase !== "Failed";
}
