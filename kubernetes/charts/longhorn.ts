import type { Cluster } from "../../config/model";
import { charts } from "../../versions";
import type { Chart } from "../chart";

/**
 * longhorn: volumes that lie on up to three workers' disks at once. Its manager makes the default StorageClass.
 * @see https://github.com/longhorn/longhorn/blob/v1.12.1/chart/values.yaml
 */
export function longhorn(cluster: Cluster): Chart {
  const replicas = Math.max(1, Math.min(3, cluster.workers.length));
  return {
    release: "longhorn",
    ...charts.longhorn,
    namespace: { name: "longhorn-system", podSecurity: "privileged" },
    values: {
      global: { tolerations: taintsOf(cluster).map(({ key, value, effect }) => ({ key, value, effect })) },
      persistence: { defaultClass: true, defaultClassReplicaCount: replicas },
      defaultSettings: {
        createDefaultDiskLabeledNodes: true,
        taintToleration: taintsOf(cluster)
          .map(({ text }) => text)
          .join(";"),
        nodeDrainPolicy: replicas === 1 ? "allow-if-replica-is-stopped" : "block-if-contains-last-replica",
        deletingConfirmationFlag: !cluster.protect,
        upgradeChecker: false,
        allowCollectingLonghornUsageMetrics: false,
      },
    },
    wait: true,
  };
}

interface Taint {
  readonly text: string;
  readonly key: string;
  readonly value: string;
  readonly effect: string;
}

/** taintsOf workers, each once: a node's pods reach their volumes only where Longhorn runs too. */
function taintsOf({ workers }: Cluster): readonly Taint[] {
  return [...new Set(workers.flatMap(({ taints }) => taints))].map((text) => {
    const [, key = "", value = "", effect = ""] = /^([^=:]+)(?:=([^:]*))?:(\w+)$/.exec(text) ?? [];
    return { text, key, value, effect };
  });
}
