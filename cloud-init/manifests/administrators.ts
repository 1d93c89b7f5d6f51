import { yamlText } from "../yaml";

/** administrators: the group that the cluster's own kubeconfig belongs to may do everything, until this is deleted. */
export const administrators = yamlText({
  apiVersion: "rbac.authorization.k8s.io/v1",
  kind: "ClusterRoleBinding",
  metadata: { name: "slipway:administrators" },
  roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "ClusterRole", name: "cluster-admin" },
  subjects: [{ apiGroup: "rbac.authorization.k8s.io", kind: "Group", name: "slipway:administrators" }],
});
