import type { Controller } from "../controller";
import { claimController } from "./claims";
import { longhornController } from "./longhorn";
import { volumeController } from "./volumes";

/** storageControllers bind claims to volumes, which provisioners make as long as their own programs run. */
export const storageControllers: readonly Controller[] = [
  longhornController,
  claimController,
  volumeController,
];
