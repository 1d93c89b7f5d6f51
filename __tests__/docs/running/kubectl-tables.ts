import type { KubernetesObjectLike } from "../../../lab/kubernetes/contract";
import { at, listAt, scalar, textAt } from "../../../lab/kubernetes/json";

/** Listed is a kind that `kubectl get` has a table for. */
export interface Listed {
  readonly apiVersion: string;
  readonly kind: string;
  /** prefix of names, where several kinds are asked for at once. */
  readonly prefix: string;
  readonly columns: readonly string[];
  /** row of an object, without its name. */
  readonly row: (object: KubernetesObjectLike) => readonly (string | undefined)[];
}

/** listed kinds, by their names on the line, with the columns that their API gives them (but for AGE). */
export const listed = {
  nodes: {
    apiVersion: "v1",
    kind: "Node",
    prefix: "node/",
    columns: ["STATUS", "ROLES", "VERSION"],
    row: (node) => [stateOf(node), rolesOf(node), textAt(node, "status", "nodeInfo", "kubeletVersion")],
  },
  plans: {
    apiVersion: "upgrade.cattle.io/v1",
    kind: "Plan",
    prefix: "plan.upgrade.cattle.io/",
    columns: ["IMAGE", "CHANNEL", "VERSION", "COMPLETE", "MESSAGE"],
    row: (plan) => [
      textAt(plan, "spec", "upgrade", "image"),
      textAt(plan, "spec", "channel"),
      textAt(plan, "spec", "version"),
      statusOf(plan, "Complete"),
    ],
  },
  jobs: {
    apiVersion: "batch/v1",
    kind: "Job",
    prefix: "job.batch/",
    columns: ["STATUS"],
    row: (job) => [statusOf(job, "Complete") === "True" ? "Complete" : "Running"],
  },
  storageclass: {
    apiVersion: "storage.k8s.io/v1",
    kind: "StorageClass",
    prefix: "storageclass.storage.k8s.io/",
    columns: ["PROVISIONER", "RECLAIMPOLICY", "VOLUMEBINDINGMODE"],
    row: (each) => [
      at(each, "metadata", "annotations", "storageclass.kubernetes.io/is-default-class") === "true"
        ? "(default)"
        : "",
      textAt(each, "provisioner"),
      textAt(each, "reclaimPolicy"),
      textAt(each, "volumeBindingMode"),
    ],
  },
} as const satisfies Readonly<Record<string, Listed>>;

/** kindsNamed on the line, as `nodes`, `node/server-1` or `plans,jobs`; undefined where one is not listed. */
export function kindsNamed(words: string): readonly Listed[] | undefined {
  const kinds = words.split("/")[0]?.split(",").map(kindNamed) ?? [];
  return kinds.every((kind) => kind !== undefined) ? kinds : undefined;
}

/** tableOf objects, sorted by name as the API has them. */
export function tableOf(
  { columns, prefix, row }: Listed,
  objects: readonly KubernetesObjectLike[],
  isPrefixed: boolean,
): string {
  const rows = [...objects]
    .sort((one, other) => one.metadata.name.localeCompare(other.metadata.name))
    .map((object) => [`${isPrefixed ? prefix : ""}${object.metadata.name}`, ...row(object)]);
  return [["NAME", ...columns], ...rows]
    .map((cells) => cells.map((cell) => cell ?? "").join("   "))
    .join("\n");
}

/** conditionOf `kubectl wait --for`; undefined where it is none of these. */
export function conditionOf(wanted: string): ((object: KubernetesObjectLike) => boolean) | undefined {
  const [, type] = /^condition=(\w+)$/.exec(wanted) ?? [];
  if (type !== undefined) return (object) => statusOf(object, type) === "True";
  const [, path, value] = /^jsonpath=\{\.([\w.]+)\}=(.+)$/.exec(wanted) ?? [];
  if (path !== undefined) return (object) => scalar(at(object, ...path.split("."))) === value;
  return undefined;
}

function kindNamed(word: string): Listed | undefined {
  return Object.entries<Listed>(listed).find(([name]) => name === word || name === `${word}s`)?.[1];
}

function stateOf(node: KubernetesObjectLike): string {
  const ready = statusOf(node, "Ready") === "True" ? "Ready" : "NotReady";
  return at(node, "spec", "unschedulable") === true ? `${ready},SchedulingDisabled` : ready;
}

function rolesOf({ metadata: { labels = {} } }: KubernetesObjectLike): string {
  const role = "node-role.kubernetes.io/";
  const roles = Object.keys(labels).flatMap((label) =>
    label.startsWith(role) ? label.slice(role.length) : [],
  );
  return roles.length === 0 ? "<none>" : roles.sort().join(",");
}

function statusOf(object: KubernetesObjectLike, type: string): string | undefined {
  const found = listAt(object, "status", "conditions").find(
    (condition) => textAt(condition, "type") === type,
  );
  return textAt(found, "status");
}
