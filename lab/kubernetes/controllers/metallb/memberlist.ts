import { randomBytes } from "node:crypto";
import { listAt, textAt } from "../../json";
import { changed, type Controller } from "../controller";
import { ownerReference } from "../desk";
import { controllerDeployment } from "./metallb";

/** memberlistController makes the Secret that MetalLB's controller makes for its speakers, who wait for it. */
export const memberlistController: Controller = {
  name: "metallb-memberlist",
  concerned: (change) => (changed(change).kind === "Deployment" ? ["memberlist"] : []),
  reconcile(_, desk) {
    const deployment = controllerDeployment(desk);
    const name = listAt(deployment, "spec", "template", "spec", "containers")
      .flatMap((container) => listAt(container, "env"))
      .find((variable) => textAt(variable, "name") === "METALLB_ML_SECRET_NAME");
    const secret = textAt(name, "value");
    const namespace = deployment?.metadata.namespace;
    if (deployment === undefined || secret === undefined || namespace === undefined) return undefined;
    if (desk.find("v1", "Secret", secret, namespace) !== undefined) return undefined;
    desk.create({
      apiVersion: "v1",
      kind: "Secret",
      metadata: { name: secret, namespace, ownerReferences: [ownerReference(deployment)] },
      stringData: { secretkey: randomBytes(128).toString("base64") },
    });
    return undefined;
  },
};
