import type { IngressController } from "./engine";

/** istio turns routes into VirtualServices, DestinationRules and Gateways of its ingress gateway. */
export const istio: IngressController = {
  charts: () => [],
  crds: [
    "gateways.networking.istio.io",
    "virtualservices.networking.istio.io",
    "destinationrules.networking.istio.io",
    "serviceentries.networking.istio.io",
    "authorizationpolicies.security.istio.io",
  ],
  deployment: { namespace: "istio-ingress", name: "istio-ingress" },
  service: { namespace: "istio-ingress", name: "istio-ingress" },
  shared: () => [],
  route: () => [],
  certificateNamespace: () => "istio-ingress",
};
