import type { KubernetesObjectLike } from "../contract";
import { defaulted } from "./built-in/defaults";
import { admitIngress } from "./built-in/ingress";
import { podProblems, templateProblems } from "./built-in/pod-problems";
import { admitPod } from "./built-in/pod-admission";
import { admitSecret } from "./built-in/secret";
import { admitService } from "./built-in/service";
import { workloadProblems } from "./built-in/workload-problems";
import type { ClusterRanges } from "./cluster-ranges";
import { definitionProblems } from "./custom/definition";
import type { Kind } from "./kind";
import { badRequest, type FieldProblem, forbidden, invalid, invalidValue, notFound } from "./problem";
import type { Reader } from "./reader";
import type { Store } from "./store";
import { checkWebhooks, type Verdict } from "./webhooks";

/** Write says how an object is to be written. */
export interface Write {
  readonly manager: string;
  /** validation of fields that the kind does not have. */
  readonly validation: "Strict" | "Warn" | "Ignore";
  readonly isDryRun?: boolean;
  readonly subresource?: "status";
}

export interface Admission {
  readonly kind: Kind;
  readonly before: KubernetesObjectLike | undefined;
  readonly reader: Reader;
  readonly ranges: ClusterRanges;
  readonly store: Store;
  /** verdicts of webhooks whose Service has somebody behind it, by the webhook's name. */
  readonly verdicts: ReadonlyMap<string, Verdict>;
}

const rfc1123 = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;
const label = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;
const labelKinds = new Set(["Namespace", "Service"]);
const freeNames = /^(Role|ClusterRole|RoleBinding|ClusterRoleBinding)$/;

/** checkNamespace: an object is made in a namespace that is there and is not going away. */
export function checkNamespace(
  { kind, reader }: Pick<Admission, "kind" | "reader">,
  draft: KubernetesObjectLike,
): void {
  const { name, namespace } = draft.metadata;
  if (!kind.namespaced || namespace === undefined) return;
  const home = reader.find("Namespace", namespace);
  const namespaces = { group: "", plural: "namespaces" };
  if (home === undefined) throw notFound({ ...kind, ...namespaces }, namespace);
  if (home.metadata.deletionTimestamp !== undefined)
    throw forbidden(
      kind,
      name,
      `unable to create new content in namespace ${namespace} because it is being terminated`,
    );
}

/** admitted is draft with defaults, allocated addresses and ports; what may not be is thrown. */
export function admitted(draft: KubernetesObjectLike, admission: Admission): KubernetesObjectLike {
  const { kind, before } = admission;
  checkName(kind, draft.metadata.name);
  if (kind.custom !== undefined) {
    const completed = kind.custom.completed(draft);
    refuse(kind, draft, kind.custom.problems(completed));
    checkWebhooks(completed, admission);
    return completed;
  }
  const complete = defaulted(draft);
  refuse(kind, complete, problemsOf(complete, before));
  const changed =
    kind.kind === "Service"
      ? admitService(complete, admission)
      : kind.kind === "Secret"
        ? admitSecret(complete, admission)
        : kind.kind === "Ingress"
          ? admitIngress(complete, admission)
          : kind.kind === "Pod"
            ? admitPod(complete, admission)
            : complete;
  checkWebhooks(changed, admission);
  return changed;
}

/** checkFields refuses what the kind does not declare, where the writer wants to know. */
export function checkFields(kind: Kind, draft: KubernetesObjectLike, write: Write): void {
  const unknown = write.validation === "Strict" ? (kind.custom?.unknownFields(draft) ?? []) : [];
  if (unknown.length === 0) return;
  const list = unknown.map((field) => `unknown field "${field}"`).join(", ");
  throw badRequest(
    `${kind.kind} in version "${kind.version}" cannot be handled as a ${kind.kind}: strict decoding error: ${list}`,
  );
}

function problemsOf(
  draft: KubernetesObjectLike,
  before: KubernetesObjectLike | undefined,
): readonly FieldProblem[] {
  switch (draft.kind) {
    case "CustomResourceDefinition":
      return definitionProblems(draft);
    case "Pod":
      return before === undefined ? podProblems(draft["spec"], "spec") : [];
    case "Deployment":
    case "ReplicaSet":
    case "StatefulSet":
    case "DaemonSet":
    case "Job":
    case "CronJob":
      return [...workloadProblems(draft, before), ...templateProblems(draft)];
    default:
      return [];
  }
}

function refuse(kind: Kind, draft: KubernetesObjectLike, problems: readonly FieldProblem[]): void {
  if (problems.length > 0) throw invalid(kind, draft.metadata.name, problems);
}

function checkName(kind: Kind, name: string): void {
  if (freeNames.test(kind.kind)) return;
  const isLabel = labelKinds.has(kind.kind);
  if ((isLabel ? label : rfc1123).test(name) && name.length <= (isLabel ? 63 : 253)) return;
  const rule = isLabel
    ? "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')"
    : "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')";
  throw invalid(kind, name, [invalidValue("metadata.name", name, rule)]);
}
