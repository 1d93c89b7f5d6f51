import type { Verdict } from "../../store/webhooks";
import { poolProblem } from "./pools";

/** metalLbVerdicts are what MetalLB's webhooks say of its own objects. */
export const metalLbVerdicts: ReadonlyMap<string, Verdict> = new Map([
  [
    "ipaddresspoolvalidationwebhook.metallb.io",
    (pool, store, kind) => {
      const { name, namespace } = pool.metadata;
      const others = store.list(kind, namespace).filter(({ metadata }) => metadata.name !== name);
      return poolProblem(pool, others);
    },
  ],
]);
