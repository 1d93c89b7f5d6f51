import type { BackendProtocol, ServicePort } from "../../config/model/services";
import type { Json } from "../object";

/** portObjects of a Service. */
export function portObjects(ports: readonly ServicePort[]): readonly Json[] {
  return ports.map(({ name, port, targetPort, nodePort, transport, protocol }) => ({
    name,
    port,
    targetPort,
    nodePort,
    protocol: transport,
    appProtocol: transport === "TCP" ? appProtocols[protocol] : undefined,
  }));
}

/**
 * appProtocols that Traefik, Istio and Gateway API all read. gRPC is h2c to them: with `grpc` Traefik's Gateway
 * refuses the backend.
 * @see traefik pkg/provider/kubernetes/gateway/httproute.go, istio pkg/config/kube/conversion.go, KEP-3726
 */
export const appProtocols: Readonly<Record<BackendProtocol, string>> = {
  http: "http",
  https: "https",
  h2c: "kubernetes.io/h2c",
  grpc: "kubernetes.io/h2c",
};
