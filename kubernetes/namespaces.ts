import type { Namespace } from "./chart";
import type { KubernetesObject } from "./object";

/** namespaceObject with the Pod Security level that its pods have to pass. */
export function namespaceObject({ name, podSecurity }: Namespace): KubernetesObject {
  return {
    apiVersion: "v1",
    kind: "Namespace",
    metadata: {
      name,
      labels: {
        "pod-security.kubernetes.io/enforce": podSecurity,
        "pod-security.kubernetes.io/audit": podSecurity,
        "pod-security.kubernetes.io/warn": podSecurity,
      },
    },
  };
}

/** namespacesToMake of those that the file names: Kubernetes has made some, the platform others. */
export function namespacesToMake(
  names: readonly string[],
  platform: readonly { readonly namespace: Namespace }[],
): readonly Namespace[] {
  const taken = new Set([...ofKubernetes, ...platform.map(({ namespace }) => namespace.name)]);
  return names.filter((name) => !taken.has(name)).map((name) => ({ name, podSecurity: "restricted" }));
}

const ofKubernetes = ["default", "kube-node-lease", "kube-public", "kube-system"];
