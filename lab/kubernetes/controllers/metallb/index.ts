import type { Controller } from "../controller";
import { allocationController } from "./allocation";
import { announcementController } from "./announcement";
import { memberlistController } from "./memberlist";

export { metalLbVerdicts } from "./verdicts";

/** metalLbControllers do what MetalLB does, as long as its own Deployment is Available. */
export const metalLbControllers: readonly Controller[] = [
  allocationController,
  announcementController,
  memberlistController,
];
