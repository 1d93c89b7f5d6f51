import type { Controller } from "../controller";
export const istioController: Controller = {
  name: "istiod",
  concerned: () => [],
  reconcile: () => undefined,
};
