import type { Draft } from "../../draft";
import { engineOf } from "../../engine";
import type { EngineName } from "../../model/ingress";
import type { Problem } from "../../problem";
import { unable } from "./capabilities";
import { nginxCanaries } from "./nginx-canaries";
import { nginxValues } from "./nginx-values";
import { order } from "./order";
import { outOfReach } from "./out-of-reach";
import { passedOutside } from "./passed-outside";
import { serviceWide } from "./service-wide";
import { together } from "./together";
import { traefik } from "./traefik";

/** engines: nothing is asked of an ingress engine that it would leave out, or do otherwise, in silence. */
export function engines(drafts: readonly Draft[]): Problem[] {
  return drafts.flatMap((draft) => {
    const { ingress } = draft.input;
    if (ingress === undefined) return [];
    const engine = engineOf(ingress);
    return [...unable(draft, engine), ...together(draft, engine), ...ofOne[engine](draft)];
  });
}

/** ofOne engine alone. */
const ofOne: Readonly<Record<EngineName, (draft: Draft) => Problem[]>> = {
  traefik,
  "gateway-api/traefik": (draft) => [
    ...order(draft, "gateway-api/traefik"),
    ...passedOutside(draft),
    ...outOfReach(draft, ["errorPages"]),
  ],
  "gateway-api/istio": (draft) => [
    ...order(draft, "gateway-api/istio"),
    ...passedOutside(draft),
    ...serviceWide(draft, "gateway-api/istio"),
  ],
  istio: () => [],
  "ingress-nginx": (draft) => [
    ...nginxCanaries(draft),
    ...serviceWide(draft, "ingress-nginx"),
    ...nginxValues(draft),
  ],
};
