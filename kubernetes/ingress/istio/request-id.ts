import type { KubernetesObject } from "../../object";

/**
 * requestIdKept lets the id that a request brings pass; without it Envoy gives every request from outside a new one,
 * and Istio has no field for that. Losing this object loses nothing but the ids.
 * @see https://www.envoyproxy.io/docs/envoy/latest/api-v3/extensions/filters/network/http_connection_manager/v3/http_connection_manager.proto preserve_external_request_id
 */
export function requestIdKept(namespace: string, labels: Readonly<Record<string, string>>): KubernetesObject {
  return {
    apiVersion: "networking.istio.io/v1alpha3",
    kind: "EnvoyFilter",
    metadata: { name: "request-id-kept", namespace },
    spec: {
      workloadSelector: { labels },
      configPatches: [
        {
          applyTo: "NETWORK_FILTER",
          match: { context: "GATEWAY", listener: { filterChain: { filter: { name: connectionManager } } } },
          patch: {
            operation: "MERGE",
            value: { typed_config: { "@type": typeUrl, preserve_external_request_id: true } },
          },
        },
      ],
    },
  };
}

const connectionManager = "envoy.filters.network.http_connection_manager";
const typeUrl =
  "type.googleapis.com/envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager";
