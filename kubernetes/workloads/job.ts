import { createHash } from "node:crypto";
import type { CronJob, Job, WorkloadService } from "../../config/model/services";
import { metadataOf } from "../metadata";
import type { Json, KubernetesObject } from "../object";
import type { Inputs } from "./inputs";
import { podTemplate } from "./pod";

/**
 * jobObject's name ends in a hash of its spec: Kubernetes lets no Job change, so an edited one is another Job and
 * runs again.
 */
export function jobObject(service: WorkloadService, job: Job, inputs: Inputs): KubernetesObject {
  const spec = jobSpec(service, job, inputs);
  const hash = createHash("sha256").update(JSON.stringify(spec)).digest("hex").slice(0, 8);
  return {
    apiVersion: "batch/v1",
    kind: "Job",
    metadata: metadataOf(service, `${service.name}-${hash}`),
    spec,
  };
}

export function cronJobObject(service: WorkloadService, workload: CronJob, inputs: Inputs): KubernetesObject {
  return {
    apiVersion: "batch/v1",
    kind: "CronJob",
    metadata: metadataOf(service),
    spec: {
      schedule: workload.schedule,
      timeZone: workload.timeZone,
      concurrencyPolicy: workload.concurrencyPolicy,
      jobTemplate: { spec: jobSpec(service, workload.job, inputs) },
    },
  };
}

function jobSpec({ namespace }: WorkloadService, job: Job, inputs: Inputs): Json {
  return {
    completions: job.completions,
    parallelism: job.parallelism,
    backoffLimit: job.backoffLimit,
    activeDeadlineSeconds: job.activeDeadlineSeconds,
    ttlSecondsAfterFinished: job.ttlSecondsAfterFinished,
    template: podTemplate({ pod: job.pod, namespace, inputs }),
  };
}
