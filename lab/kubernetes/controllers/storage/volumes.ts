import { textAt } from "../../json";
import { changed, type Controller } from "../controller";
import { claimKind } from "./claims";

/** volumeController takes a volume away with its claim, or keeps it as Released where its class says so. */
export const volumeController: Controller = {
  name: "persistentvolume-reclaimer",
  concerned(change, desk) {
    const object = changed(change);
    if (object.kind !== claimKind || change.after !== undefined) return [];
    return desk
      .every("v1", "PersistentVolume")
      .filter((volume) => textAt(volume, "spec", "claimRef", "uid") === object.metadata.uid)
      .map(({ metadata }) => metadata.name);
  },
  reconcile(name, desk) {
    const volume = desk.find("v1", "PersistentVolume", name);
    if (volume === undefined) return undefined;
    if (textAt(volume, "spec", "persistentVolumeReclaimPolicy") === "Delete") desk.remove(volume);
    else desk.setStatus(volume, { phase: "Released" });
    return undefined;
  },
};
