import type { Controller } from "../controller";
import { certificateController } from "./certificates";
import { issuerController } from "./issuers";
import { shimController } from "./shim";

/** certManagerControllers do what cert-manager does, as long as its controller's Deployment is Available. */
export function certManagerControllers(): readonly Controller[] {
  return [issuerController, certificateController(), shimController];
}
