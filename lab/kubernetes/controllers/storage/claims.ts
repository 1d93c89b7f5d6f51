import type { KubernetesObjectLike } from "../../contract";
import { listAt, objectAt, textAt } from "../../json";
import { changed, type Controller, keyOf, readKey } from "../controller";
import type { Desk } from "../desk";
import { provisioners } from "./provisioners";

export const claimKind = "PersistentVolumeClaim";
export const classGroup = "storage.k8s.io/v1";

/** selectedNode, the annotation by which the scheduler tells where a claim's first pod will run. */
export const selectedNode = "volume.kubernetes.io/selected-node";

/** claimController gives each claim a class and a volume of its own; one that gets none stays Pending and says why. */
export const claimController: Controller = {
  name: "persistentvolume-controller",
  concerned(change, desk) {
    const object = changed(change);
    if (object.kind === claimKind) return [keyOf(object)];
    return ["StorageClass", "Deployment"].includes(object.kind)
      ? desk.every("v1", claimKind).filter(isPending).map(keyOf)
      : [];
  },
  reconcile(key, desk) {
    const { namespace, name } = readKey(key);
    const claim = desk.find("v1", claimKind, name, namespace);
    if (claim === undefined || !isPending(claim) || claim.metadata.deletionTimestamp !== undefined)
      return undefined;
    if (textAt(claim, "status", "phase") === undefined) desk.setStatus(claim, { phase: "Pending" });
    const wanted = textAt(claim, "spec", "storageClassName");
    if (wanted === undefined) {
      const [byDefault] = desk.every(classGroup, "StorageClass").filter(isDefault).slice(-1);
      if (byDefault === undefined)
        desk.tell(
          claim,
          "Normal",
          "FailedBinding",
          "no persistent volumes available for this claim and no storage class is set",
        );
      else
        desk.update({
          ...claim,
          spec: { ...objectAt(claim, "spec"), storageClassName: byDefault.metadata.name },
        });
      return undefined;
    }
    const found = desk.find(classGroup, "StorageClass", wanted);
    if (found === undefined) {
      desk.tell(claim, "Warning", "ProvisioningFailed", `storageclass.storage.k8s.io "${wanted}" not found`);
      return undefined;
    }
    provide(claim, found, desk);
    return undefined;
  },
};

/** waitsForPod: a claim of this class is bound only when it is known where its first pod will run. */
export function waitsForPod(storageClass: KubernetesObjectLike | undefined): boolean {
  return textAt(storageClass, "volumeBindingMode") === "WaitForFirstConsumer";
}

export function isPending(claim: KubernetesObjectLike): boolean {
  return textAt(claim, "status", "phase") !== "Bound";
}

function isDefault({ metadata }: KubernetesObjectLike): boolean {
  return metadata.annotations?.["storageclass.kubernetes.io/is-default-class"] === "true";
}

function provide(claim: KubernetesObjectLike, storageClass: KubernetesObjectLike, desk: Desk): void {
  const node = claim.metadata.annotations?.[selectedNode];
  if (waitsForPod(storageClass) && node === undefined) {
    desk.tell(
      claim,
      "Normal",
      "WaitForFirstConsumer",
      "waiting for first consumer to be created before binding",
    );
    return;
  }
  const name = textAt(storageClass, "provisioner") ?? "";
  const provisioner = provisioners.get(name);
  if (provisioner?.isRunning(desk) !== true) {
    desk.tell(
      claim,
      "Normal",
      "ExternalProvisioning",
      `Waiting for a volume to be created either by the external provisioner '${name}' or manually by the system administrator.`,
    );
    return;
  }
  const volume = `pvc-${claim.metadata.uid ?? ""}`;
  const { namespace = "", uid = "" } = claim.metadata;
  const accessModes = listAt(claim, "spec", "accessModes");
  const capacity = objectAt(claim, "spec", "resources", "requests");
  const made = desk.put({
    apiVersion: "v1",
    kind: "PersistentVolume",
    metadata: { name: volume },
    spec: {
      ...provisioner.sourceOf(volume, node),
      accessModes,
      capacity,
      claimRef: { apiVersion: "v1", kind: claimKind, namespace, name: claim.metadata.name, uid },
      persistentVolumeReclaimPolicy: textAt(storageClass, "reclaimPolicy") ?? "Delete",
      storageClassName: storageClass.metadata.name,
    },
  });
  desk.setStatus(made, { phase: "Bound" });
  const bound = desk.update({ ...claim, spec: { ...objectAt(claim, "spec"), volumeName: volume } });
  desk.setStatus(bound, { phase: "Bound", accessModes, capacity });
}
