import type { Controller } from "../controller";
export const metalLbControllers: readonly Controller[] = [];
