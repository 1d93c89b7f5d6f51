import type { JsonObject } from "../../contract";
import { type Desk, hasCondition } from "../desk";

/** Provisioner makes the volumes of a StorageClass that names it. */
export interface Provisioner {
  /** isRunning: its program's Deployment is Available. */
  isRunning(desk: Desk): boolean;
  /** sourceOf a volume that a claim's first pod was to run on this node with. */
  sourceOf(volume: string, node: string | undefined): JsonObject;
}

/** provisioners that the lab can play, by the name that a StorageClass has for them. */
export const provisioners: ReadonlyMap<string, Provisioner> = new Map([
  [
    "rancher.io/local-path",
    {
      isRunning: (desk) => hasDeployment(desk, "local-path-provisioner"),
      sourceOf: (volume, node) => ({
        hostPath: { path: `/opt/local-path-provisioner/${volume}`, type: "DirectoryOrCreate" },
        ...(node === undefined ? {} : { nodeAffinity: onNode(node) }),
      }),
    },
  ],
  [
    "driver.longhorn.io",
    {
      isRunning: (desk) => hasDeployment(desk, "longhorn-driver-deployer"),
      sourceOf: (volume) => ({ csi: { driver: "driver.longhorn.io", volumeHandle: volume } }),
    },
  ],
]);

function hasDeployment(desk: Desk, name: string): boolean {
  return desk
    .every("apps/v1", "Deployment")
    .some((deployment) => deployment.metadata.name === name && hasCondition(deployment, "Available"));
}

function onNode(node: string): JsonObject {
  const expression = { key: "kubernetes.io/hostname", operator: "In", values: [node] };
  return { required: { nodeSelectorTerms: [{ matchExpressions: [expression] }] } };
}
