import type { ServerNode } from "../../config/model";
import { yamlText } from "../yaml";

/** rejoinUser, the name in the rejoin certificate of a server. */
export function rejoinUser(node: ServerNode): string {
  return `slipway:rejoin:${node.name}`;
}

/** rejoin lets a rebuilt server remove the Node of its own name, and do nothing else. */
export function rejoin(node: ServerNode): string {
  const name = rejoinUser(node);
  const group = "rbac.authorization.k8s.io";
  const role = {
    apiVersion: `${group}/v1`,
    kind: "ClusterRole",
    metadata: { name },
    rules: [{ apiGroups: [""], resources: ["nodes"], resourceNames: [node.name], verbs: ["get", "delete"] }],
  };
  const binding = {
    apiVersion: `${group}/v1`,
    kind: "ClusterRoleBinding",
    metadata: { name },
    roleRef: { apiGroup: group, kind: "ClusterRole", name },
    subjects: [{ apiGroup: group, kind: "User", name }],
  };
  return [role, binding].map(yamlText).join("---\n");
}
