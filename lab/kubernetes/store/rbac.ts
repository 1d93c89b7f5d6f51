import { z } from "zod";

export interface User {
  readonly name: string;
  readonly groups: readonly string[];
}

export interface Access {
  readonly verb: string;
  readonly apiGroup: string;
  /** resource, with its subresource: `nodes`, `nodes/status`. */
  readonly resource: string;
  readonly name?: string;
  readonly namespace?: string;
}

const rule = z.looseObject({
  apiGroups: z.array(z.string()).default([]),
  resources: z.array(z.string()).default([]),
  resourceNames: z.array(z.string()).default([]),
  verbs: z.array(z.string()),
});
const role = z.looseObject({
  apiVersion: z.literal("rbac.authorization.k8s.io/v1"),
  kind: z.enum(["ClusterRole", "Role"]),
  metadata: z.looseObject({ name: z.string(), namespace: z.string().optional() }),
  rules: z.array(rule).nullish(),
});
const binding = z.looseObject({
  apiVersion: z.literal("rbac.authorization.k8s.io/v1"),
  kind: z.enum(["ClusterRoleBinding", "RoleBinding"]),
  metadata: z.looseObject({ name: z.string(), namespace: z.string().optional() }),
  roleRef: z.looseObject({
    apiGroup: z.literal("rbac.authorization.k8s.io"),
    kind: z.enum(["ClusterRole", "Role"]),
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
    .nullish(),
});

type Rule = z.output<typeof rule>;
type Binding = z.output<typeof binding>;

/** clusterAdmin is the role that Kubernetes makes itself and that may do everything. */
export const clusterAdmin = {
  apiVersion: "rbac.authorization.k8s.io/v1",
  kind: "ClusterRole",
  metadata: { name: "cluster-admin" },
  rules: [{ apiGroups: ["*"], resources: ["*"], verbs: ["*"] }],
} as const;

/** allows tells whether roles and bindings among objects let user do this. */
export function allows(objects: readonly unknown[], user: User, access: Access): boolean {
  if (user.groups.includes("system:masters")) return true;
  const roles = objects.flatMap((object) => role.safeParse(object).data ?? []);
  return objects
    .flatMap((object) => binding.safeParse(object).data ?? [])
    .filter(({ kind, metadata }) => kind === "ClusterRoleBinding" || metadata.namespace === access.namespace)
    .filter(({ subjects }) => subjects?.some((subject) => isUser(subject, user)))
    .flatMap((found) => rulesOf(found, roles))
    .some((candidate) => grants(candidate, access));
}

function rulesOf(found: Binding, roles: readonly z.output<typeof role>[]): readonly Rule[] {
  const { kind, name } = found.roleRef;
  const granted = roles.find(
    (candidate) =>
      candidate.kind === kind &&
      candidate.metadata.name === name &&
      (kind === "ClusterRole" || candidate.metadata.namespace === found.metadata.namespace),
  );
  return granted?.rules ?? [];
}

function isUser(subject: NonNullable<Binding["subjects"]>[number], user: User): boolean {
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
