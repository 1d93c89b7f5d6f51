import type { DisruptionBudget, LabelSelector, WorkloadService } from "../config/model/services";
import { metadataOf } from "./metadata";
import type { KubernetesObject } from "./object";
import { cronJobObject, jobObject } from "./workloads/job";
import type { Inputs } from "./workloads/inputs";
import { selectorObject } from "./workloads/selector";
import { daemonSetObject, deploymentObject, governingService, statefulSetObject } from "./workloads/standing";

/** workloadObjects of a service: what runs its pods, and what a drain has to leave of them. */
export function workloadObjects(service: WorkloadService, inputs: Inputs): readonly KubernetesObject[] {
  const { workload } = service;
  switch (workload.kind) {
    case "Deployment":
      return [
        deploymentObject(service, workload, inputs),
        ...budgetObjects(service, workload.selector, workload.disruptionBudget),
      ];
    case "StatefulSet":
      return [
        ...governingService(service, workload),
        statefulSetObject(service, workload, inputs),
        ...budgetObjects(service, workload.selector, workload.disruptionBudget),
      ];
    case "DaemonSet":
      return [daemonSetObject(service, workload, inputs)];
    case "Job":
      return [jobObject(service, workload, inputs)];
    case "CronJob":
      return [cronJobObject(service, workload, inputs)];
  }
}

/** budgetObjects let pods that are not ready be evicted at any time: they answer nobody, and would hold up a drain. */
function budgetObjects(
  service: WorkloadService,
  selector: LabelSelector,
  budget: DisruptionBudget | undefined,
): KubernetesObject[] {
  if (budget === undefined) return [];
  return [
    {
      apiVersion: "policy/v1",
      kind: "PodDisruptionBudget",
      metadata: metadataOf(service),
      spec: { ...budget, unhealthyPodEvictionPolicy: "AlwaysAllow", selector: selectorObject(selector) },
    },
  ];
}
