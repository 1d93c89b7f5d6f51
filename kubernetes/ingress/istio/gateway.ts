import type { RouteTls } from "../../../config/model/routes";
import type { Json, KubernetesObject } from "../../object";
import type { HostGroup } from "./host-group";
import { gatewayLabels } from "./names";

/** gatewayOf hosts that are served alike: where the ingress gateway listens for them, and with which certificate. */
export function gatewayOf({ name, namespace, hosts, tls, passthrough }: HostGroup): KubernetesObject {
  return {
    apiVersion: "networking.istio.io/v1",
    kind: "Gateway",
    metadata: { name, namespace },
    spec: {
      selector: gatewayLabels,
      servers: passthrough ? [unopened(hosts)] : [plain(hosts, tls), ...(tls ? [encrypted(hosts, tls)] : [])],
    },
  };
}

/** plain HTTP. A redirect spares requests of which a trusted proxy says that they came by HTTPS. */
function plain(hosts: readonly string[], tls: RouteTls | undefined): Json {
  return {
    port: { number: 80, name: "http", protocol: "HTTP" },
    hosts,
    ...(tls?.redirect && { tls: { httpsRedirect: true } }),
  };
}

/** encrypted; both Secrets lie in the namespace of the gateway's pods. */
function encrypted(hosts: readonly string[], tls: RouteTls): Json {
  const authority = tls.clientAuthority;
  return {
    port: { number: 443, name: "https", protocol: "HTTPS" },
    hosts,
    tls: {
      mode: authority === undefined ? "SIMPLE" : "MUTUAL",
      credentialName: tls.secretName,
      ...(authority !== undefined && { caCertCredentialName: authority }),
      minProtocolVersion: `TLSV${tls.minVersion.replace(".", "_")}`,
    },
  };
}

function unopened(hosts: readonly string[]): Json {
  return {
    port: { number: 443, name: "tls", protocol: "TLS" },
    hosts,
    tls: { mode: "PASSTHROUGH" },
  };
}
