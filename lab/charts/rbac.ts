import type { KubernetesObjectLike } from "../kubernetes/contract";

export interface Rule {
  readonly apiGroups: readonly string[];
  readonly resources: readonly string[];
  readonly verbs: readonly string[];
  readonly resourceNames?: readonly string[];
}

export interface Grant {
  /** kind of the role; a Role lies in `namespace`. */
  readonly kind: "ClusterRole" | "Role";
  readonly name: string;
  readonly namespace: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly rules: readonly Rule[];
  /** to, service accounts of the same namespace. */
  readonly to: readonly string[];
}

/** grants, each role with the binding of the same name. */
export function grants(list: readonly Grant[]): KubernetesObjectLike[] {
  return list.flatMap((grant) => {
    const { kind, name, namespace, labels, rules, to } = grant;
    const metadata = { name, ...(kind === "Role" && { namespace }), labels };
    return [
      {
        apiVersion: "rbac.authorization.k8s.io/v1",
        kind,
        metadata,
        rules: rules.map((rule) => ({ ...rule })),
      },
      {
        apiVersion: "rbac.authorization.k8s.io/v1",
        kind: `${kind}Binding`,
        metadata,
        roleRef: { apiGroup: "rbac.authorization.k8s.io", kind, name },
        subjects: to.map((account) => ({ kind: "ServiceAccount", name: account, namespace })),
      },
    ];
  });
}

/** rule in the order in which one says it: may do what, with what, of which group. */
export function rule(verbs: readonly string[], apiGroup: string, ...resources: readonly string[]): Rule {
  return { apiGroups: [apiGroup], resources, verbs };
}

export const reads = ["get", "list", "watch"] as const;

export function serviceAccount(
  name: string,
  namespace: string,
  labels: Readonly<Record<string, string>>,
  token?: boolean,
): KubernetesObjectLike {
  return {
    apiVersion: "v1",
    kind: "ServiceAccount",
    metadata: { name, namespace, labels },
    automountServiceAccountToken: token,
  };
}
