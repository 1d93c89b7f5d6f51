import type { KubernetesObjectLike } from "../../../../lab/kubernetes/contract";
import { objectAt, withField } from "../../../../lab/kubernetes/json";

export const onNamespace = "kubernetes_manifest.namespace";
export const pool = {
  apiVersion: "metallb.io/v1beta1",
  kind: "IPAddressPool",
  metadata: { name: "a", namespace: "shop" },
};
export const shop = { apiVersion: "v1", kind: "Namespace", metadata: { name: "shop" } };
export const ports = [{ name: "http", port: 80, targetPort: "http" }];
export const service = {
  apiVersion: "v1",
  kind: "Service",
  metadata: { name: "web", namespace: "shop", labels: { app: "web" } },
  spec: { type: "ClusterIP", selector: { app: "web" }, ports },
};
export const servicePath = "/api/v1/namespaces/shop/services/web";

export function deployment(image: string): KubernetesObjectLike {
  return {
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata: { name: "web", namespace: "shop" },
    spec: { replicas: 2, template: { spec: { containers: [{ name: "web", image }] } } },
  };
}

/** changed: an object with another value at a path. */
export function changed(
  object: KubernetesObjectLike,
  path: readonly string[],
  value: Parameters<typeof withField>[2],
): KubernetesObjectLike {
  const { apiVersion, kind, metadata } = object;
  return { apiVersion, kind, metadata, ...withField(object, path, value) };
}

/** withClusterIp, as the API gives every Service one. */
export function withClusterIp(object: KubernetesObjectLike): KubernetesObjectLike {
  return object.kind === "Service" ? changed(object, ["spec", "clusterIP"], "10.43.0.7") : object;
}

/** rolledOut: the controller is done by the time anybody looks, and has counted the revision. */
export function rolledOut(
  object: KubernetesObjectLike,
  before: KubernetesObjectLike | undefined,
): KubernetesObjectLike {
  const isNew = JSON.stringify(objectAt(before, "spec")) !== JSON.stringify(objectAt(object, "spec"));
  const earlier = Number(before?.metadata.annotations?.["deployment.kubernetes.io/revision"] ?? 0);
  const revision = String(isNew ? earlier + 1 : earlier);
  const counted = changed(object, ["metadata", "annotations", "deployment.kubernetes.io/revision"], revision);
  return changed(counted, ["status"], { replicas: 2, updatedReplicas: 2, availableReplicas: 2 });
}
