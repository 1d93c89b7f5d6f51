import type { KubernetesObjectLike } from "../../kubernetes/contract";

/**
 * inInstallOrder, what others need first; kinds that Helm does not know come last, by name.
 * Source: helm v3.18.4 pkg/releaseutil/kind_sorter.go
 */
export function inInstallOrder(objects: readonly KubernetesObjectLike[]): KubernetesObjectLike[] {
  return [...objects].sort((a, b) => rank(a.kind) - rank(b.kind) || byName(a, b));
}

function byName(a: KubernetesObjectLike, b: KubernetesObjectLike): number {
  return rank(a.kind) === known.length && a.kind !== b.kind ? (a.kind < b.kind ? -1 : 1) : 0;
}

function rank(kind: string): number {
  const found = known.indexOf(kind);
  return found === -1 ? known.length : found;
}

const known = [
  "PriorityClass",
  "Namespace",
  "NetworkPolicy",
  "ResourceQuota",
  "LimitRange",
  "PodDisruptionBudget",
  "ServiceAccount",
  "Secret",
  "ConfigMap",
  "StorageClass",
  "PersistentVolume",
  "PersistentVolumeClaim",
  "CustomResourceDefinition",
  "ClusterRole",
  "ClusterRoleBinding",
  "Role",
  "RoleBinding",
  "Service",
  "DaemonSet",
  "Pod",
  "ReplicaSet",
  "Deployment",
  "HorizontalPodAutoscaler",
  "StatefulSet",
  "Job",
  "CronJob",
  "IngressClass",
  "Ingress",
  "APIService",
];
