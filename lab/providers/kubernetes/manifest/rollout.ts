import type { KubernetesObjectLike } from "../../../kubernetes/contract";
import { listAt, numberAt, textAt } from "../../../kubernetes/json";

/**
 * isRolledOut says what `kubectl rollout status` does; it throws where there is no such status or no hope.
 * @see https://github.com/kubernetes/kubectl/blob/master/pkg/polymorphichelpers/rollout_status.go
 */
export function isRolledOut(object: KubernetesObjectLike): boolean {
  const observed = numberAt(object, "status", "observedGeneration") ?? 0;
  if ((object.metadata.generation ?? 0) > observed) return false;
  switch (object.kind) {
    case "Deployment":
      return deploymentIsDone(object);
    case "DaemonSet":
      return daemonSetIsDone(object);
    case "StatefulSet":
      return observed > 0 && statefulSetIsDone(object);
    default:
      throw new Error(
        `error getting resource status: no status viewer has been implemented for ${object.kind}`,
      );
  }
}

function deploymentIsDone(object: KubernetesObjectLike): boolean {
  const isOverdue = listAt(object, "status", "conditions").some(
    (condition) =>
      textAt(condition, "type") === "Progressing" &&
      textAt(condition, "reason") === "ProgressDeadlineExceeded",
  );
  if (isOverdue) {
    const name = JSON.stringify(object.metadata.name);
    throw new Error(`error getting resource status: deployment ${name} exceeded its progress deadline`);
  }
  const updated = counted(object, "updatedReplicas");
  return (
    updated >= (numberAt(object, "spec", "replicas") ?? 0) &&
    counted(object, "replicas") <= updated &&
    counted(object, "availableReplicas") >= updated
  );
}

function daemonSetIsDone(object: KubernetesObjectLike): boolean {
  refuseUnlessRolling(object, textAt(object, "spec", "updateStrategy", "type"));
  const desired = counted(object, "desiredNumberScheduled");
  return (
    counted(object, "updatedNumberScheduled") >= desired && counted(object, "numberAvailable") >= desired
  );
}

function statefulSetIsDone(object: KubernetesObjectLike): boolean {
  refuseUnlessRolling(object, textAt(object, "spec", "updateStrategy", "type"));
  const replicas = numberAt(object, "spec", "replicas") ?? 0;
  if (counted(object, "readyReplicas") < replicas) return false;
  const partition = numberAt(object, "spec", "updateStrategy", "rollingUpdate", "partition") ?? 0;
  if (partition > 0) return counted(object, "updatedReplicas") >= replicas - partition;
  return textAt(object, "status", "updateRevision") === textAt(object, "status", "currentRevision");
}

function refuseUnlessRolling({ kind }: KubernetesObjectLike, strategy: string | undefined): void {
  if (strategy === "RollingUpdate") return;
  throw new Error(
    `error getting resource status: rollout status is only available for RollingUpdate strategy type (${kind})`,
  );
}

function counted(object: KubernetesObjectLike, name: string): number {
  return numberAt(object, "status", name) ?? 0;
}
