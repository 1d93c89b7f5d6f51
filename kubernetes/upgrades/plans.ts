import type { Cluster } from "../../config/model";
import type { Upgrades } from "../../config/model/upgrades";
import { upgradeAccount, upgradePlans } from "../../config/upgrades";
import { upgradeImages } from "../../versions";
import { rancherImage } from "../images";
import type { Json, KubernetesObject } from "../object";
import { upgradeNamespace } from "./controller";

/** planObject of one role: it brings every such node to the version of the file. Nothing in it refuses a lower one. */
export function planObject(
  role: keyof typeof upgradePlans,
  cluster: Cluster,
  upgrades: Upgrades,
): KubernetesObject {
  const image = rancherImage(cluster, upgradeImages.rke2);
  return {
    apiVersion: "upgrade.cattle.io/v1",
    kind: "Plan",
    metadata: { name: upgradePlans[role], namespace: upgradeNamespace.name },
    spec: {
      version: cluster.rke2.version,
      ...(role === "server" ? server : agentOf(image, upgrades)),
      postCompleteDelay: settling,
      serviceAccountName: upgradeAccount,
      // The job has to run on its node, whatever that one keeps others away with.
      tolerations: [{ operator: "Exists" }],
      upgrade: { image },
      ...(upgrades.window === undefined ? {} : { window: { ...upgrades.window } }),
    },
  };
}

/**
 * settling of a node before the next: a job is done when it has told RKE2 to restart, and etcd cannot do without two
 * members at once.
 * @see https://github.com/rancher/rke2-upgrade/blob/master/scripts/upgrade.sh
 */
const settling = "2m0s";

const controlPlane = "node-role.kubernetes.io/control-plane";

const server = {
  concurrency: 1,
  cordon: true,
  nodeSelector: { matchExpressions: [{ key: controlPlane, operator: "In", values: ["true"] }] },
};

/** agentOf: its jobs wait for the last server, however long that takes, and only then drain. */
function agentOf(image: string, { concurrency, drain }: Upgrades): Readonly<Record<string, Json>> {
  return {
    concurrency,
    ...(drain ? { drain: drained } : { cordon: true }),
    jobActiveDeadlineSecs: 0,
    nodeSelector: { matchExpressions: [{ key: controlPlane, operator: "DoesNotExist" }] },
    prepare: { image, args: ["prepare", upgradePlans.server] },
  };
}

/** drained as `kubectl drain` does; a pod that was told to stop is waited for a minute, budgets as long as they ask. */
const drained = {
  force: true,
  ignoreDaemonSets: true,
  deleteEmptydirData: true,
  skipWaitForDeleteTimeout: 60,
};
