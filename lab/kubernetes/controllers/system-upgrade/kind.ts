import type { Crds } from "../../../charts/crds";
import { changed, type Controller } from "../controller";
import { installation, labels } from "./installation";

/** kindController: the program defines its own kind at each start (system-upgrade-controller: pkg/upgrade/controller.go). */
export function kindController(crds: Crds): Controller {
  return {
    name: "system-upgrade-controller-kinds",
    concerned(change) {
      const object = changed(change);
      const isProgram = Object.entries(labels).every(
        ([key, value]) => object.metadata.labels?.[key] === value,
      );
      return object.kind === "Deployment" && isProgram ? ["kinds"] : [];
    },
    reconcile(_key, desk) {
      if (installation(desk) === undefined) return undefined;
      for (const crd of crds.of("system-upgrade-controller")) {
        if (desk.find(crd.apiVersion, crd.kind, crd.metadata.name) === undefined) desk.create(crd);
      }
      return undefined;
    },
  };
}
