import type { EngineName } from "./model/ingress";
import type { ClusterInput } from "./schema";

/** engineOf an ingress: its controller, and with gateway-api what carries it. */
export function engineOf({ controller, carriedBy }: NonNullable<ClusterInput["ingress"]>): EngineName {
  return controller === "gateway-api" ? `gateway-api/${carriedBy ?? "traefik"}` : controller;
}
