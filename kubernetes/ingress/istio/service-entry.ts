import type { Backend } from "../../../config/model/routes";
import type { BackendProtocol } from "../../../config/model/services";
import type { KubernetesObject } from "../../object";

/** serviceEntryOf a backend outside: what lets Istio resolve its name and connect to it. */
export function serviceEntryOf(backend: Backend, host: string): KubernetesObject {
  return {
    apiVersion: "networking.istio.io/v1",
    kind: "ServiceEntry",
    metadata: { name: backend.service, namespace: backend.namespace },
    spec: {
      hosts: [host],
      location: "MESH_EXTERNAL",
      resolution: "DNS",
      ports: [{ number: backend.port, name: backend.protocol, protocol: protocols[backend.protocol] }],
    },
  };
}

const protocols: Readonly<Record<BackendProtocol, string>> = {
  http: "HTTP",
  https: "HTTPS",
  h2c: "HTTP2",
  grpc: "GRPC",
};
