import type { KubernetesObjectLike } from "../../contract";
import { at, isObject, objectAt, recordAt, sameJson, scalar } from "../../json";
import { matchesSelector } from "../selector";
import { type FieldProblem, invalidValue, required } from "../problem";

/** workloadProblems: a selector that finds the template's own pods, and that stays what it was. */
export function workloadProblems(
  workload: KubernetesObjectLike,
  before: KubernetesObjectLike | undefined,
): readonly FieldProblem[] {
  if (workload.kind === "CronJob")
    return at(workload, "spec", "schedule") === undefined ? [required("spec.schedule")] : [];
  if (workload.kind === "Job")
    return at(before, "spec", "selector") === undefined ? [] : immutable(workload, before, "template");
  const selector = objectAt(workload, "spec", "selector");
  const labels = recordAt(workload, "spec", "template", "metadata", "labels");
  const isEmpty = Object.keys(selector).length === 0;
  return [
    ...(isEmpty ? [required("spec.selector")] : []),
    ...(!isEmpty && !matchesSelector(selector, labels)
      ? [invalidValue("spec.template.metadata.labels", labels, "`selector` does not match template `labels`")]
      : []),
    ...immutable(workload, before, "selector"),
    ...(workload.kind === "StatefulSet" ? statefulSetProblems(workload, before) : []),
    ...strategyProblems(workload),
  ];
}

function immutable(
  workload: KubernetesObjectLike,
  before: KubernetesObjectLike | undefined,
  field: string,
): readonly FieldProblem[] {
  const value = at(workload, "spec", field);
  if (before === undefined || sameJson(at(before, "spec", field), value)) return [];
  return [invalidValue(`spec.${field}`, value ?? null, "field is immutable")];
}

const changeable = new Set([
  ...["replicas", "ordinals", "template", "updateStrategy", "revisionHistoryLimit", "minReadySeconds"],
  "persistentVolumeClaimRetentionPolicy",
]);

function statefulSetProblems(
  workload: KubernetesObjectLike,
  before: KubernetesObjectLike | undefined,
): readonly FieldProblem[] {
  if (before === undefined) return [];
  const [old, now] = [objectAt(before, "spec"), objectAt(workload, "spec")];
  const fields = [...new Set([...Object.keys(old), ...Object.keys(now)])].filter(
    (field) => field !== "selector",
  );
  if (fields.every((field) => changeable.has(field) || sameJson(old[field], now[field]))) return [];
  return [
    {
      field: "spec",
      reason: "FieldValueForbidden",
      message:
        "Forbidden: updates to statefulset spec for fields other than 'replicas', 'ordinals', 'template', 'updateStrategy', 'revisionHistoryLimit', 'persistentVolumeClaimRetentionPolicy' and 'minReadySeconds' are forbidden",
    },
  ];
}

function strategyProblems(workload: KubernetesObjectLike): readonly FieldProblem[] {
  const strategy = at(workload, "spec", "strategy");
  if (workload.kind !== "Deployment" || !isObject(strategy)) return [];
  const rolling = strategy["rollingUpdate"];
  if (strategy["type"] === "Recreate" && rolling !== undefined)
    return [
      {
        field: "spec.strategy.rollingUpdate",
        reason: "FieldValueForbidden",
        message: "Forbidden: may not be specified when strategy `type` is 'Recreate'",
      },
    ];
  const isNothing = (field: string): boolean => /^0%?$/.test(scalar(at(rolling, field)) ?? "");
  return isNothing("maxSurge") && isNothing("maxUnavailable")
    ? [
        invalidValue(
          "spec.strategy.rollingUpdate.maxUnavailable",
          at(rolling, "maxUnavailable") ?? null,
          "may not be 0 when `maxSurge` is 0",
        ),
      ]
    : [];
}
