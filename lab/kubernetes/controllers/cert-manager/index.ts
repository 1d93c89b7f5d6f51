import type { Controller } from "../controller";
export function certManagerControllers(): readonly Controller[] {
  return [];
}
