import type { EngineName } from "../../config/model/ingress";
import type { Json, KubernetesObject } from "../object";

/**
 * http01 solver that the engine lets in: an Ingress of its class, or an HTTPRoute of the Gateway that stands among
 * the objects shared by every route.
 * @see https://cert-manager.io/docs/configuration/acme/http01/
 */
export function http01Solver(engine: EngineName, shared: readonly KubernetesObject[]): Json {
  if (engine === "gateway-api/traefik" || engine === "gateway-api/istio")
    return { gatewayHTTPRoute: { parentRefs: [parentOf(shared)] } };
  // By annotation Istio needs no IngressClass, which its charts do not bring.
  return engine === "istio"
    ? { ingress: { class: "istio" } }
    : { ingress: { ingressClassName: classes[engine] } };
}

const classes: Readonly<Record<Exclude<EngineName, "istio" | `gateway-api/${string}`>, string>> = {
  traefik: "traefik",
  "ingress-nginx": "nginx",
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
