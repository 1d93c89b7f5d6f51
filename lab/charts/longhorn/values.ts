import { z } from "zod";
import * as fields from "../kubernetes-fields";

/** A setting that the chart hands on to the program only where it is given. */
const settings = z.strictObject({
  createDefaultDiskLabeledNodes: z.boolean().nullish(),
  defaultDataPath: z.string().nullish(),
  deletingConfirmationFlag: z.boolean().nullish(),
  nodeDrainPolicy: z
    .enum([
      "block-if-contains-last-replica",
      "allow-if-replica-is-stopped",
      "always-allow",
      "block-for-eviction",
      "block-for-eviction-if-contains-last-replica",
    ])
    .nullish(),
  taintToleration: z.string().nullish(),
  upgradeChecker: z.boolean().nullish(),
  allowCollectingLonghornUsageMetrics: z.boolean().nullish(),
  priorityClass: z.string(),
});

/** values of the chart that the lab's rendering reads. */
export const values = z.strictObject({
  global: z.strictObject({ tolerations: fields.tolerations, nodeSelector: fields.labels }),
  persistence: z.strictObject({
    createStorageClass: z.boolean(),
    defaultClass: z.boolean(),
    defaultFsType: z.string(),
    defaultClassReplicaCount: fields.count,
    defaultDataLocality: z.enum(["disabled", "best-effort"]),
    reclaimPolicy: z.enum(["Retain", "Delete"]),
    volumeBindingMode: z.enum(["Immediate", "WaitForFirstConsumer"]),
    dataEngine: z.enum(["v1", "v2"]),
  }),
  defaultSettings: settings,
  longhornUI: z.strictObject({ replicas: fields.count }),
});

export type LonghornValues = z.infer<typeof values>;

/** defaults. Source: https://github.com/longhorn/longhorn/blob/v1.12.1/chart/values.yaml */
export const defaults = {
  global: { tolerations: [], nodeSelector: {} },
  persistence: {
    createStorageClass: true,
    defaultClass: true,
    defaultFsType: "ext4",
    defaultClassReplicaCount: 3,
    defaultDataLocality: "disabled",
    reclaimPolicy: "Delete",
    volumeBindingMode: "Immediate",
    dataEngine: "v1",
  },
  defaultSettings: { priorityClass: "longhorn-critical" },
  longhornUI: { replicas: 2 },
};
