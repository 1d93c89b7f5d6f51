import type { KubernetesObjectLike } from "../../kubernetes/contract";
import { at, listAt, numberAt, textAt } from "../../kubernetes/json";

/**
 * waitsFor tells what Helm still waits for in an object as it is now; undefined when it is ready, as most kinds
 * always are. Source: helm v3.18.4 pkg/kube/ready.go
 */
export function waitsFor(object: KubernetesObjectLike, jobs: boolean): string | undefined {
  switch (object.kind) {
    case "Deployment":
      return deployment(object);
    case "DaemonSet":
      return daemonSet(object);
    case "StatefulSet":
      return statefulSet(object);
    case "Service":
      return service(object);
    case "CustomResourceDefinition":
      return isEstablished(object) ? undefined : "is not established";
    case "Job":
      return jobs ? job(object) : undefined;
    default:
      return undefined;
  }
}

function deployment(object: KubernetesObjectLike): string | undefined {
  const replicas = numberAt(object, "spec", "replicas") ?? 1;
  const rolling = at(object, "spec", "strategy", "type") !== "Recreate";
  const allowed = rolling
    ? share(at(object, "spec", "strategy", "rollingUpdate", "maxUnavailable") ?? "25%", replicas, "down")
    : 0;
  const expected = replicas - allowed;
  const ready = Math.min(status(object, "readyReplicas"), status(object, "updatedReplicas"));
  if (!isObserved(object) || ready < expected) return `${ready} out of ${expected} expected pods are ready`;
  return undefined;
}

function daemonSet(object: KubernetesObjectLike): string | undefined {
  const desired = status(object, "desiredNumberScheduled");
  const scheduled = status(object, "updatedNumberScheduled");
  if (at(object, "spec", "updateStrategy", "type") === "OnDelete" && isObserved(object)) return undefined;
  if (!isObserved(object) || scheduled !== desired)
    return `${scheduled} out of ${desired} expected pods have been scheduled`;
  const allowed = share(
    at(object, "spec", "updateStrategy", "rollingUpdate", "maxUnavailable") ?? 1,
    desired,
    "up",
  );
  const ready = status(object, "numberReady");
  return ready >= desired - allowed
    ? undefined
    : `${ready} out of ${desired - allowed} expected pods are ready`;
}

function statefulSet(object: KubernetesObjectLike): string | undefined {
  const replicas = numberAt(object, "spec", "replicas") ?? 1;
  const ready = status(object, "readyReplicas");
  return isObserved(object) && ready === replicas
    ? undefined
    : `${ready} out of ${replicas} expected pods are ready`;
}

function service(object: KubernetesObjectLike): string | undefined {
  const type = textAt(object, "spec", "type");
  if (type === "ExternalName") return undefined;
  if ((textAt(object, "spec", "clusterIP") ?? "") === "") return "does not have cluster IP address";
  if (type !== "LoadBalancer" || listAt(object, "spec", "externalIPs").length > 0) return undefined;
  return listAt(object, "status", "loadBalancer", "ingress").length === 0
    ? "does not have load balancer ingress IP address"
    : undefined;
}

function job(object: KubernetesObjectLike): string | undefined {
  const completions = numberAt(object, "spec", "completions") ?? 1;
  const succeeded = status(object, "succeeded");
  return succeeded >= completions ? undefined : "is not completed";
}

/** isEstablished: the API serves the kind that a CustomResourceDefinition defines. */
export function isEstablished(definition: KubernetesObjectLike): boolean {
  return listAt(definition, "status", "conditions").some(
    (condition) => at(condition, "type") === "Established" && at(condition, "status") === "True",
  );
}

function isObserved(object: KubernetesObjectLike): boolean {
  return status(object, "observedGeneration") === (object.metadata.generation ?? 0);
}

function status(object: KubernetesObjectLike, field: string): number {
  return numberAt(object, "status", field) ?? 0;
}

/** share of a number of pods: a number as it is, a percentage rounded as Kubernetes does for this field. */
function share(value: unknown, of: number, round: "up" | "down"): number {
  if (typeof value === "number") return value;
  const part = (Number.parseFloat(String(value)) / 100) * of;
  return round === "up" ? Math.ceil(part) : Math.floor(part);
}
