import type { KubernetesObject } from "./object";

/** Rule of a role: what may be done with which things of one API group. */
export interface Rule {
  readonly apiGroup: string;
  readonly resources: readonly string[];
  readonly resourceNames?: readonly string[];
  readonly verbs: readonly string[];
}

export interface Grant {
  readonly name: string;
  /** account in that namespace, which gets it. */
  readonly account: string;
  readonly namespace: string;
  readonly rules: readonly Rule[];
}

/** everywhere, a role and its binding for the whole cluster. */
export function everywhere({ name, rules, ...to }: Grant): readonly KubernetesObject[] {
  return [
    { apiVersion, kind: "ClusterRole", metadata: { name }, rules: rules.map(ruleOf) },
    { apiVersion, kind: "ClusterRoleBinding", metadata: { name }, ...boundTo("ClusterRole", name, to) },
  ];
}

/** inside, a role and its binding for the account's own namespace. */
export function inside({ name, rules, ...to }: Grant): readonly KubernetesObject[] {
  const metadata = { name, namespace: to.namespace };
  return [
    { apiVersion, kind: "Role", metadata, rules: rules.map(ruleOf) },
    { apiVersion, kind: "RoleBinding", metadata, ...boundTo("Role", name, to) },
  ];
}

const group = "rbac.authorization.k8s.io";
const apiVersion = `${group}/v1`;

function ruleOf({ apiGroup, ...rule }: Rule) {
  return { apiGroups: [apiGroup], ...rule };
}

function boundTo(kind: string, name: string, { account, namespace }: Pick<Grant, "account" | "namespace">) {
  return {
    roleRef: { apiGroup: group, kind, name },
    subjects: [{ kind: "ServiceAccount", name: account, namespace }],
  };
}
