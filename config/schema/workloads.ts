import { z } from "zod";
import { amount, duration } from "./amounts";
import { container, containerFields, initContainer } from "./containers";
import { exposure } from "./exposure";
import { address, capacity, memory } from "./literals";
import { reference } from "./references";
import { schedule, timeZone } from "./schedule";

const words = z.record(z.string(), z.string());

/** entryFields, what every entry of `services` has. */
export const entryFields = {
  /** namespace that it is in. @default "apps". @change replaces it. @error rke2/closed-namespace */
  namespace: z.string().optional(),
  /** labels of its objects and pods. @default {}. @error services/name-label */
  labels: words.optional(),
  /** annotations of its objects and pods. @default {} */
  annotations: words.optional(),
};

const mounted = {
  /** mount, the path at which every container has it. @default - as the containers' mounts say */
  mount: z.string().optional(),
};

const volume = z.union([
  z.strictObject({
    /** configMap of this file, a file for each key. */
    configMap: reference<"configMap">(),
    ...mounted,
  }),
  z.strictObject({
    /** secret of this file, a file for each key. */
    secret: reference<"secret">(),
    ...mounted,
  }),
  z.strictObject({
    /** scratch space that goes with the pod; true, or its largest size. */
    scratch: z.union([z.literal(true), memory]),
    ...mounted,
  }),
]);

const claim = z.strictObject({
  /** size of the volume that each pod has for itself. @change never */
  size: capacity,
  /** storageClass that makes it. @default - the cluster's default. @change never. @error storage/no-class */
  storageClass: z.string().optional(),
  /** accessMode. @default "ReadWriteOnce". @change never */
  accessMode: z.enum(["ReadWriteOnce", "ReadWriteMany", "ReadWriteOncePod"]).optional(),
  ...mounted,
});

const podFields = {
  ...entryFields,
  /** init containers by name, one after another before the others. @default {} */
  init: z.record(z.string(), initContainer).optional(),
  /** volumes by name. @default {} */
  volumes: z.record(z.string(), volume).optional(),
  /**
   * gracePeriod from the first hook to the kill.
   * @default - 25s more than the longest preStop sleep, at least 30s
   * @error services/no-time-to-end
   */
  gracePeriod: duration.optional(),
  /** dns settings of the pods. @default - as the cluster has them */
  dns: z
    .strictObject({
      /** policy: `Default` is the node's resolvers, `None` only what stands here. @default "ClusterFirst" */
      policy: z.enum(["ClusterFirst", "Default", "None"]).optional(),
      /** nameservers besides. @default [] */
      nameservers: z.array(address).optional(),
      /** searches, domains added to short names. @default [] */
      searches: z.array(z.string()).optional(),
      /** options of resolv.conf: `ndots` → `2`; an empty text is an option without a value. @default {} */
      options: words.optional(),
    })
    .optional(),
  /** nodes that it may run on, by their labels. @default - every node */
  nodes: words.optional(),
  /** tolerations of nodes' taints. @default [] */
  tolerations: z
    .array(
      z.strictObject({
        /** key of the taint. */
        key: z.string(),
        /** value of it. @default - any */
        value: z.string().optional(),
        /** effect of it. */
        effect: z.enum(["NoSchedule", "PreferNoSchedule", "NoExecute"]),
      }),
    )
    .optional(),
  /** user that the containers run as; never root. @default 65532. @unit user id */
  user: z.int().min(1).optional(),
  /** group that they run as and that volumes belong to. @default 65532. @unit group id */
  group: z.int().min(1).optional(),
};

const standingFields = {
  ...podFields,
  /**
   * expose, how the Service in front of its ports is reached.
   * @default "ClusterIP"
   * @change in place; never to or from headless
   * @error services/exposed-without-port
   */
  expose: exposure.optional(),
  /**
   * selector besides `app.kubernetes.io/name`; labels in it are given to the pods.
   * @default - by app.kubernetes.io/name alone
   * @change never
   * @error services/name-label
   */
  selector: z
    .strictObject({
      /** matchLabels, each equal. @default {} */
      matchLabels: words.optional(),
      /** matchExpressions, each true. @default [] */
      matchExpressions: z
        .array(
          z.strictObject({
            /** key of the label. */
            key: z.string(),
            /** operator between the label and the values. */
            operator: z.enum(["In", "NotIn", "Exists", "DoesNotExist"]),
            /** values for In and NotIn. @default [] */
            values: z.array(z.string()).optional(),
          }),
        )
        .optional(),
    })
    .optional(),
};

const replicated = {
  /** replicas, pods that run at a time. @default 1. @unit pods. @change in place */
  replicas: z.int().min(0).max(10_000).optional(),
  /** disruptionBudget, what a drain may take or has to leave. @default - maxUnavailable 1; with one replica none, which would hold up every drain */
  disruptionBudget: z
    .union([
      z.strictObject({
        /** maxUnavailable at a time. */
        maxUnavailable: amount,
      }),
      z.strictObject({
        /** minAvailable at any time. */
        minAvailable: amount,
      }),
    ])
    .optional(),
  /**
   * maxSkew, how many more pods one node may have than another.
   * @default - 1 with several replicas, else as it comes
   * @unit pods
   */
  maxSkew: z.int().min(1).optional(),
};

const jobFields = {
  ...podFields,
  /** completions that are needed. @default 1. @unit pods */
  completions: z.int().min(1).optional(),
  /** parallelism, pods at a time. @default 1. @unit pods */
  parallelism: z.int().min(1).optional(),
  /** backoffLimit, failures before it gives up. @default 6. @unit failures */
  backoffLimit: z.int().min(0).optional(),
  /** deadline after which it is ended. @default - none */
  deadline: duration.optional(),
  /** keep it this long after its end. @default - for good. @error services/runs-again */
  keep: duration.optional(),
  /** restartPolicy of its containers. @default "OnFailure" */
  restartPolicy: z.enum(["OnFailure", "Never"]).optional(),
};

const deployment = {
  ...standingFields,
  ...replicated,
  /** kind of workload. @default "Deployment". @change replaces it */
  kind: z.literal("Deployment").optional(),
  /** strategy by which pods are replaced: `Recreate` ends all before it starts any. @default maxSurge 1, maxUnavailable 0 */
  strategy: z
    .union([
      z.enum(["RollingUpdate", "Recreate"]),
      z.strictObject({
        /** maxSurge, pods above replicas. @default 1 */
        maxSurge: amount.optional(),
        /** maxUnavailable, pods below replicas. @default 0 */
        maxUnavailable: amount.optional(),
      }),
    ])
    .optional(),
  /** revisionHistoryLimit, old revisions kept to roll back to. @default 10. @unit revisions */
  revisionHistoryLimit: z.int().min(0).optional(),
  /** minReady, how long a pod has to be ready before it counts. @default "5s" */
  minReady: duration.optional(),
  /** progressDeadline after which a rollout has failed. @default "10m" */
  progressDeadline: duration.optional(),
};

const statefulSet = {
  ...standingFields,
  ...replicated,
  /** kind of workload. @change replaces it */
  kind: z.literal("StatefulSet"),
  /**
   * volumes by name; one with a size is a volume of its own for each pod.
   * @default {}
   * @change in place; one with a size never
   * @error storage/no-class
   */
  volumes: z.record(z.string(), z.union([...volume.options, claim])).optional(),
};

const daemonSet = {
  ...standingFields,
  /** kind of workload: a pod on every node. @change replaces it */
  kind: z.literal("DaemonSet"),
  /** maxUnavailable nodes at a time while it is replaced. @default 1 */
  maxUnavailable: amount.optional(),
};

const job = {
  ...jobFields,
  /** kind of workload: it runs once, and once more whenever one of its fields changes, as another Job. @change replaces it */
  kind: z.literal("Job"),
};

const cronJob = {
  ...jobFields,
  /** kind of workload: a Job again and again. @change replaces it */
  kind: z.literal("CronJob"),
  /** schedule, five fields as cron has them. @error units/schedule */
  schedule,
  /** timeZone of it, such as `Asia/Seoul`. @default - UTC. @error units/time-zone */
  timeZone: timeZone.optional(),
  /** concurrencyPolicy, when it is time and the one before still runs. @default "Forbid" */
  concurrencyPolicy: z.enum(["Allow", "Forbid", "Replace"]).optional(),
};

const several = {
  /** containers by name. */
  containers: z.record(z.string(), container),
};

/** workload: a kind, and one container in the entry itself or several by name. */
export const workload = z.union([
  z.strictObject({ ...deployment, ...containerFields }),
  z.strictObject({ ...deployment, ...several }),
  z.strictObject({ ...statefulSet, ...containerFields }),
  z.strictObject({ ...statefulSet, ...several }),
  z.strictObject({ ...daemonSet, ...containerFields }),
  z.strictObject({ ...daemonSet, ...several }),
  z.strictObject({ ...job, ...containerFields }),
  z.strictObject({ ...job, ...several }),
  z.strictObject({ ...cronJob, ...containerFields }),
  z.strictObject({ ...cronJob, ...several }),
]);

export type WorkloadInput = z.output<typeof workload>;
