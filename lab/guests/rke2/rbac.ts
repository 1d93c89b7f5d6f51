import { z } from "zod";

export interface User {
  readonly name: string;
  readonly groups: readonly string[];
}

export interface Access {
  readonly verb: string;
  readonly apiGroup: string;
  readonly resource: string;
  readonly name?: string;
}

const rule = z.looseObject({
  apiGroups: z.array(z.string()).default([]),
  resources: z.array(z.string()).default([]),
  resourceNames: z.array(z.string()).default([]),
  verbs: z.array(z.string()),
});
const role = z.looseObject({
  apiVersion: z.literal("rbac.authorization.k8s.io/v1"),
  kind: z.literal("ClusterRole"),
  metadata: z.looseObject({ name: z.string() }),
  rules: z.array(rule).default([]),
});
const binding = z.looseObject({
  apiVersion: z.literal("rbac.authorization.k8s.io/v1"),
  kind: z.literal("ClusterRoleBinding"),
  metadata: z.looseObject({ name: z.string() }),
  roleRef: z.looseObject({
    apiGroup: z.literal("rbac.authorization.k8s.io"),
    kind: z.literal("ClusterRole"),
    name: z.string(),
  }),
  subjects: z
    .array(
      z.looseObject({
        kind: z.enum(["User", "Group", "ServiceAccount"]),
        name: z.string(),
        namespace: z.string().optional(),
      }),
    )
    .default([]),
});

type Rule = z.output<typeof rule>;
type Binding = z.output<typeof binding>;

/** Rbac answers who may do what, from the ClusterRoles and bindings that were applied. */
export class Rbac {
  private readonly roles = new Map<string, readonly Rule[]>([
    ["cluster-admin", [{ apiGroups: ["*"], resources: ["*"], resourceNames: [], verbs: ["*"] }]],
  ]);
  private readonly bindings = new Map<string, Binding>();

  /** apply takes a manifest's object; false = it is not about access. */
  apply(object: unknown): boolean {
    const asRole = role.safeParse(object);
    if (asRole.success) this.roles.set(asRole.data.metadata.name, asRole.data.rules);
    const asBinding = binding.safeParse(object);
    if (asBinding.success) this.bindings.set(asBinding.data.metadata.name, asBinding.data);
    return asRole.success || asBinding.success;
  }

  allows(user: User, access: Access): boolean {
    if (user.groups.includes("system:masters")) return true;
    return [...this.bindings.values()]
      .filter((candidate) => candidate.subjects.some((subject) => isUser(subject, user)))
      .flatMap((candidate) => this.roles.get(candidate.roleRef.name) ?? [])
      .some((candidate) => grants(candidate, access));
  }
}

function isUser(subject: Binding["subjects"][number], user: User): boolean {
  if (subject.kind === "User") return subject.name === user.name;
  if (subject.kind === "Group") return user.groups.includes(subject.name);
  return user.name === `system:serviceaccount:${subject.namespace ?? ""}:${subject.name}`;
}

function grants(candidate: Rule, access: Access): boolean {
  const has = (list: readonly string[], value: string): boolean => list.includes("*") || list.includes(value);
  const named =
    candidate.resourceNames.length === 0 ||
    (access.name !== undefined && candidate.resourceNames.includes(access.name));
  return (
    has(candidate.verbs, access.verb) &&
    has(candidate.apiGroups, access.apiGroup) &&
    has(candidate.resources, access.resource) &&
    named
  );
}
