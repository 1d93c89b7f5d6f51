import { type CapabilityRow, gap } from "./cell";

/** backends: what a route can lead to. */
export const backends = {
  "backend-protocol": {
    field: "services.*.protocol",
    title: "HTTPS or gRPC behind",
    engines: {
      traefik: "services[].scheme, ServersTransport",
      "gateway-api/traefik": "appProtocol, serversTransport.insecureSkipVerify",
      "gateway-api/istio": "appProtocol, DestinationRule tls",
      istio: "DestinationRule tls, appProtocol",
      "ingress-nginx": "backend-protocol",
    },
  },
  "backend-h2c": {
    field: 'services.*.protocol "h2c"',
    title: "HTTP/2 without TLS behind",
    engines: {
      traefik: "services[].scheme h2c",
      "gateway-api/traefik": "appProtocol",
      "gateway-api/istio": "appProtocol",
      istio: "appProtocol",
      "ingress-nginx": gap("it speaks HTTP/1.1 to pods, and HTTP/2 only as gRPC"),
    },
  },
  "cross-namespace": {
    field: "paths.*.to",
    title: "A service of another namespace",
    engines: {
      traefik: gap("allowCrossNamespace would let every route use every Secret and Middleware"),
      "gateway-api/traefik": "ReferenceGrant",
      "gateway-api/istio": "ReferenceGrant",
      istio: "the service's full name",
      "ingress-nginx": gap("an Ingress leads into its own namespace only"),
    },
  },
  "external-name": {
    field: "paths.*.to",
    title: "A service outside (ExternalName)",
    engines: {
      traefik: "allowExternalNameServices",
      "gateway-api/traefik": gap("an ExternalName Service is no backend of an HTTPRoute"),
      "gateway-api/istio": gap("an ExternalName Service is no backend of an HTTPRoute"),
      istio: "ServiceEntry",
      "ingress-nginx": gap(
        "without a Secret of authorities it neither names the host in TLS nor checks its certificate",
      ),
    },
  },
} as const satisfies Record<string, CapabilityRow>;
