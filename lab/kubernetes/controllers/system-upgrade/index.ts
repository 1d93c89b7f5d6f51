import type { Crds } from "../../../charts/crds";
import type { Controller } from "../controller";
import { planController } from "./plans";
import { kindController } from "./kind";

/**
 * systemUpgradeControllers do what system-upgrade-controller does, as long as its Deployment is Available. Its windows
 * are always open: the lab has no night to wait for.
 */
export function systemUpgradeControllers(crds: Crds, report: (text: string) => void): readonly Controller[] {
  return [kindController(crds), planController(report)];
}
