import type { EngineName } from "../../config/model/ingress";
import type { IngressController } from "./engine";
import { gatewayApi } from "./gateway-api";
import { istioCarrier } from "./gateway-api/istio-carrier";
import { traefikCarrier } from "./gateway-api/traefik-carrier";
import { ingressNginx } from "./ingress-nginx";
import { istio } from "./istio";
import { traefik } from "./traefik";

/** engines by the name that the model has for them. */
export const engines = {
  traefik,
  "gateway-api/traefik": gatewayApi(traefikCarrier),
  "gateway-api/istio": gatewayApi(istioCarrier),
  istio,
  "ingress-nginx": ingressNginx,
} as const satisfies Record<EngineName, IngressController>;
