import type { KubernetesObjectLike } from "../../contract";
import type { Api } from "../../store/api";
import { changed, type Controller } from "../controller";

/** garbageCollector deletes what an owner that is gone has left, and lets an owner go whose dependents are gone. */
export function garbageCollector(api: Api): Controller {
  const dependentsOf = (uid: string): readonly KubernetesObjectLike[] =>
    api.store.all().filter(({ metadata }) => metadata.ownerReferences?.some((owner) => owner.uid === uid));
  return {
    name: "garbage-collector",
    concerned(change) {
      const { uid = "", finalizers = [], ownerReferences = [] } = changed(change).metadata;
      const isHeld = finalizers.some((one) => one === "foregroundDeletion" || one === "orphan");
      if (change.after !== undefined) {
        const isNew = change.before === undefined && ownerReferences.length > 0;
        return isHeld || isNew ? [uid] : [];
      }
      return [uid, ...ownerReferences.map((owner) => owner.uid)];
    },
    reconcile(uid, desk) {
      const all = api.store.all();
      const owner = all.find(({ metadata }) => metadata.uid === uid);
      const { finalizers = [], deletionTimestamp, ownerReferences = [] } = owner?.metadata ?? {};
      if (owner === undefined) {
        for (const dependent of dependentsOf(uid)) if (isOrphan(dependent)) desk.remove(dependent);
        return undefined;
      }
      if (ownerReferences.length > 0 && isOrphan(owner) && deletionTimestamp === undefined)
        desk.remove(owner);
      if (deletionTimestamp === undefined) return undefined;
      if (finalizers.includes("orphan")) {
        for (const dependent of dependentsOf(uid)) desk.update(disowned(dependent, uid));
        release(owner, "orphan");
      } else if (finalizers.includes("foregroundDeletion")) {
        const dependents = dependentsOf(uid);
        for (const dependent of dependents)
          if (dependent.metadata.deletionTimestamp === undefined) desk.remove(dependent, "Foreground");
        if (dependentsOf(uid).length === 0) release(owner, "foregroundDeletion");
      }
      return undefined;

      function release(held: KubernetesObjectLike, finalizer: string): void {
        const left = (held.metadata.finalizers ?? []).filter((one) => one !== finalizer);
        desk.update({ ...held, metadata: { ...held.metadata, finalizers: left } });
      }
    },
  };

  function isOrphan({ metadata }: KubernetesObjectLike): boolean {
    const uids = new Set(api.store.all().map((object) => object.metadata.uid));
    return (metadata.ownerReferences ?? []).every((owner) => !uids.has(owner.uid));
  }
}

function disowned(object: KubernetesObjectLike, uid: string): KubernetesObjectLike {
  const left = (object.metadata.ownerReferences ?? []).filter((owner) => owner.uid !== uid);
  return { ...object, metadata: { ...object.metadata, ownerReferences: left } };
}
