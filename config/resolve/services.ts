import { nameLabel } from "../draft/services";
import type { DraftService } from "../draft/services";
import type {
  Deployment,
  DisruptionBudget,
  Job,
  LabelSelector,
  Pod,
  Service,
  Workload,
} from "../model/services";
import type { WorkloadInput } from "../schema/workloads";
import { wholeSeconds } from "../units";
import { claimsOf, podOf } from "./pods";

/** serviceOf one entry of `services`. */
export function serviceOf({ name, namespace, input, exposure }: DraftService): Service {
  const base = {
    name,
    namespace,
    labels: { ...input.labels, [nameLabel]: name },
    annotations: input.annotations ?? {},
  };
  if ("external" in input) {
    const { external: host, port } = input;
    return {
      ...base,
      kind: "external",
      host,
      port,
      protocol: input.protocol ?? (port === 443 ? "https" : "http"),
    };
  }
  if ("selects" in input) {
    if (exposure === undefined) throw new Error(`service ${name} has no port and passed the rules`);
    return { ...base, kind: "selecting", selector: input.selects, exposure };
  }
  return {
    ...base,
    kind: "workload",
    workload: workloadOf(name, input),
    ...(exposure === undefined ? {} : { exposure }),
  };
}

function workloadOf(name: string, input: WorkloadInput): Workload {
  const pod = podOf(name, input);
  switch (input.kind) {
    case "StatefulSet":
      return {
        kind: "StatefulSet",
        ...replicatedOf(name, input, pod),
        claims: claimsOf(input),
      };
    case "DaemonSet":
      return {
        kind: "DaemonSet",
        selector: selectorOf(name, input),
        pod,
        maxUnavailable: input.maxUnavailable ?? 1,
      };
    case "Job":
      return jobOf(input, pod);
    case "CronJob":
      return {
        kind: "CronJob",
        schedule: input.schedule,
        ...(input.timeZone === undefined ? {} : { timeZone: input.timeZone }),
        concurrencyPolicy: input.concurrencyPolicy ?? "Forbid",
        job: jobOf(input, pod),
      };
    case undefined:
    case "Deployment":
      return {
        kind: "Deployment",
        ...replicatedOf(name, input, pod),
        strategy: strategyOf(input),
        revisionHistoryLimit: input.revisionHistoryLimit ?? 10,
        minReadySeconds: input.minReady === undefined ? 5 : wholeSeconds(input.minReady),
        progressDeadlineSeconds:
          input.progressDeadline === undefined ? 600 : wholeSeconds(input.progressDeadline),
      };
  }
}

type DeploymentInput = Extract<WorkloadInput, { kind?: "Deployment" | undefined }>;
type ReplicatedInput = DeploymentInput | Extract<WorkloadInput, { kind: "StatefulSet" }>;
type StandingInput = ReplicatedInput | Extract<WorkloadInput, { kind: "DaemonSet" }>;
type JobInput = Exclude<WorkloadInput, StandingInput>;

function replicatedOf(name: string, input: ReplicatedInput, pod: Pod) {
  const replicas = input.replicas ?? 1;
  const maxSkew = input.maxSkew ?? (replicas > 1 ? 1 : undefined);
  const budget = budgetOf(input, replicas);
  return {
    selector: selectorOf(name, input),
    pod: { ...pod, ...(maxSkew === undefined ? {} : { maxSkew }) },
    replicas,
    ...(budget === undefined ? {} : { disruptionBudget: budget }),
  };
}

/** budgetOf several replicas: one at a time. One replica has none, or no drain would ever end. */
function budgetOf({ disruptionBudget }: ReplicatedInput, replicas: number): DisruptionBudget | undefined {
  return disruptionBudget ?? (replicas > 1 ? { maxUnavailable: 1 } : undefined);
}

function strategyOf({ strategy }: DeploymentInput): Deployment["strategy"] {
  if (strategy === "Recreate") return { type: "Recreate" };
  const { maxSurge, maxUnavailable } = typeof strategy === "object" ? strategy : {};
  return { type: "RollingUpdate", maxSurge: maxSurge ?? 1, maxUnavailable: maxUnavailable ?? 0 };
}

function selectorOf(name: string, { selector }: StandingInput): LabelSelector {
  return {
    matchLabels: { ...selector?.matchLabels, [nameLabel]: name },
    matchExpressions: (selector?.matchExpressions ?? []).map(({ key, operator, values }) => {
      return { key, operator, values: values ?? [] };
    }),
  };
}

function jobOf(input: JobInput, pod: Pod): Job {
  const { deadline, keep } = input;
  return {
    kind: "Job",
    pod,
    completions: input.completions ?? 1,
    parallelism: input.parallelism ?? 1,
    backoffLimit: input.backoffLimit ?? 6,
    ...(deadline === undefined ? {} : { activeDeadlineSeconds: wholeSeconds(deadline) }),
    ...(keep === undefined ? {} : { ttlSecondsAfterFinished: wholeSeconds(keep) }),
  };
}
