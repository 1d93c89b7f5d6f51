import type { EngineName } from "../../config/model/ingress";
import type { Json, KubernetesObject } from "../object";

/**
 * http01 solver that the engine lets in: an Ingress of its class, or an HTTPRoute of the Gateway that stands among
 * the objects shared by every route. A rule has refused the challenge from istio.
 * @see https://cert-manager.io/docs/configuration/acme/http01/
 */
export function http01Solver(engine: EngineName, shared: readonly KubernetesObject[]): Json {
  switch (engine) {
    case "gateway-api/traefik":
    case "gateway-api/istio":
      return { gatewayHTTPRoute: { parentRefs: [parentOf(shared)] } };
    case "traefik":
      return { ingress: { ingressClassName: "traefik", ingressTemplate: beforeEveryRoute } };
    case "ingress-nginx":
      return { ingress: { ingressClassName: "nginx" } };
    case "istio":
      throw new Error("an http01 challenge cannot come in by istio and passed the rules");
  }
}

/**
 * beforeEveryRoute: Traefik gives an Ingress the length of its rule as priority, and routes of this program have
 * millions. @see https://doc.traefik.io/traefik/reference/routing-configuration/kubernetes/ingress/
 */
const beforeEveryRoute: Json = {
  metadata: { annotations: { "traefik.ingress.kubernetes.io/router.priority": "100000000" } },
};

function parentOf(shared: readonly KubernetesObject[]): Json {
  const gateway = shared.find(
    ({ apiVersion, kind }) => kind === "Gateway" && apiVersion.startsWith("gateway.networking.k8s.io/"),
  );
  if (gateway === undefined)
    throw new Error("the engine shares no Gateway that a challenge could come in by");
  return {
    group: "gateway.networking.k8s.io",
    kind: "Gateway",
    name: gateway.metadata.name,
    namespace: gateway.metadata.namespace,
  };
}
