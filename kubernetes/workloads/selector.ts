import type { LabelSelector, Workload } from "../../config/model/services";
import type { Json } from "../object";
import { omitEmpty } from "../omit-empty";

export function selectorObject({ matchLabels, matchExpressions }: LabelSelector): Json {
  return {
    matchLabels: omitEmpty(matchLabels),
    matchExpressions: omitEmpty(
      matchExpressions.map(({ key, operator, values }) => ({ key, operator, values: omitEmpty(values) })),
    ),
  };
}

/**
 * serviceSelector of the Service in front of a workload. A Service knows no expressions, and labels that its workload
 * does not select by may change in a rollout, which would leave the pods of before without requests at once.
 */
export function serviceSelector(workload: Workload): Readonly<Record<string, string>> {
  if (workload.kind === "Job") return workload.pod.labels;
  return workload.kind === "CronJob" ? workload.job.pod.labels : workload.selector.matchLabels;
}
