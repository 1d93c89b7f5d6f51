import { parse } from "yaml";
import { isKubernetesObject, recordAt } from "../../json";
import { changed, type Controller } from "../controller";
import { provisioners } from "./provisioners";

const settings = "longhorn-storageclass";

/** longhornController: the program itself makes the StorageClass that its chart describes in a ConfigMap. */
export const longhornController: Controller = {
  name: "longhorn",
  concerned(change) {
    const { kind, metadata } = changed(change);
    return kind === "Deployment" || metadata.name === settings ? [settings] : [];
  },
  reconcile(_key, desk) {
    if (provisioners.get("driver.longhorn.io")?.isRunning(desk) !== true) return undefined;
    const [found] = desk.every("v1", "ConfigMap").filter(({ metadata }) => metadata.name === settings);
    const text = recordAt(found, "data")["storageclass.yaml"];
    if (text === undefined) return undefined;
    const storageClass: unknown = parse(text);
    if (isKubernetesObject(storageClass)) desk.put(storageClass);
    return undefined;
  },
};
