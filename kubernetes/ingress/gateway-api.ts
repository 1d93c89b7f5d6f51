import { gatewayApiCrds, gatewayApiKinds } from "../charts/gateway-api-crds";
import type { IngressController } from "./engine";
import { grantsOf } from "./gateway-api/backends";
import type { Carrier } from "./gateway-api/carrier";
import { gatewayOf } from "./gateway-api/gateway";
import { httpRoutesOf, tlsRouteOf } from "./gateway-api/routes";

/** gatewayApi turns routes into HTTPRoutes below one Gateway, which the carrier makes answer. */
export function gatewayApi(carrier: Carrier): IngressController {
  return {
    charts: (cluster, ingress) => [...gatewayApiCrds(cluster), ...carrier.charts(cluster, ingress)],
    crds: [...gatewayApiKinds, ...carrier.crds],
    deployment: carrier.deployment,
    service: carrier.service,
    shared: (cluster, ingress) => [gatewayOf(cluster, ingress, carrier), ...carrier.shared(cluster, ingress)],
    route: (cluster, route) => [
      ...(route.passthrough === undefined
        ? httpRoutesOf(cluster, carrier, route)
        : [tlsRouteOf(cluster, carrier, route, route.passthrough)]),
      ...grantsOf(route),
      ...carrier.objects(cluster, route),
    ],
    certificateNamespace: () => carrier.gateway.namespace,
  };
}
