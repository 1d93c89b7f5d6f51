import { type CapabilityRow, gap } from "./cell";

/** traffic: how requests reach the pods. */
export const traffic = {
  retries: {
    field: "retries",
    title: "Retries",
    engines: {
      traefik: "Middleware retry",
      "gateway-api/traefik": "Middleware retry by ExtensionRef",
      "gateway-api/istio": gap("retries are no part of the standard channel"),
      istio: "VirtualService retries",
      "ingress-nginx": "proxy-next-upstream",
    },
  },
  "request-timeout": {
    field: "timeouts.request",
    title: "Timeout of a request",
    engines: {
      traefik: "ServersTransport responseHeaderTimeout",
      "gateway-api/traefik": gap("Traefik does not implement HTTPRoute timeouts"),
      "gateway-api/istio": "timeouts.request",
      istio: "VirtualService timeout",
      "ingress-nginx": "proxy-read-timeout",
    },
  },
  "connect-timeout": {
    field: "timeouts.connect",
    title: "Timeout of a connection",
    engines: {
      traefik: "ServersTransport dialTimeout",
      "gateway-api/traefik": gap("HTTPRoute has no field for it"),
      "gateway-api/istio": "DestinationRule connectTimeout",
      istio: "DestinationRule connectTimeout",
      "ingress-nginx": "proxy-connect-timeout",
    },
  },
  "circuit-breaker": {
    field: "circuitBreaker",
    title: "A pod that fails rests",
    engines: {
      traefik: "passiveHealthCheck",
      "gateway-api/traefik": gap("Traefik's passive health check cannot be reached from an HTTPRoute"),
      "gateway-api/istio": "DestinationRule outlierDetection",
      istio: "DestinationRule outlierDetection",
      "ingress-nginx": gap("it only tries the next pod and never rests one"),
    },
  },
  "max-concurrent": {
    field: "maxConcurrent",
    title: "Requests at once of one visitor",
    engines: {
      traefik: "Middleware inFlightReq",
      "gateway-api/traefik": "Middleware inFlightReq by ExtensionRef",
      "gateway-api/istio": gap("Envoy counts connections of a whole service, not of a visitor"),
      istio: gap("Envoy counts connections of a whole service, not of a visitor"),
      "ingress-nginx": "limit-connections",
    },
  },
  "rate-limit": {
    field: "rateLimit",
    title: "Requests per time of one visitor",
    engines: {
      traefik: "Middleware rateLimit",
      "gateway-api/traefik": "Middleware rateLimit by ExtensionRef",
      "gateway-api/istio": gap("it takes an EnvoyFilter, which breaks with releases of Istio"),
      istio: gap("it takes an EnvoyFilter, which breaks with releases of Istio"),
      "ingress-nginx": "limit-rps, limit-rpm",
    },
  },
  sticky: {
    field: "sticky",
    title: "A visitor stays with one pod",
    engines: {
      traefik: "sticky.cookie",
      "gateway-api/traefik": gap("sessionPersistence is experimental and Traefik does not implement it"),
      "gateway-api/istio": "DestinationRule consistentHash",
      istio: "DestinationRule consistentHash",
      "ingress-nginx": "affinity cookie",
    },
  },
  balance: {
    field: "balance",
    title: "How a pod is chosen",
    engines: {
      traefik: "services[].strategy",
      "gateway-api/traefik": gap("HTTPRoute has no field for it"),
      "gateway-api/istio": "DestinationRule loadBalancer.simple",
      istio: "DestinationRule loadBalancer.simple",
      "ingress-nginx": gap("it has round_robin and ewma, and neither is by requests"),
    },
  },
  "body-size": {
    field: "maxBody",
    title: "Largest request",
    engines: {
      traefik: "Middleware buffering",
      "gateway-api/traefik": "Middleware buffering by ExtensionRef",
      "gateway-api/istio": gap("it takes an EnvoyFilter, which breaks with releases of Istio"),
      istio: gap("it takes an EnvoyFilter, which breaks with releases of Istio"),
      "ingress-nginx": "proxy-body-size",
    },
  },
  mirror: {
    field: "mirror",
    title: "Copies to another service",
    engines: {
      traefik: "TraefikService mirroring",
      "gateway-api/traefik": gap("Traefik does not implement RequestMirror"),
      "gateway-api/istio": "filter RequestMirror",
      istio: "VirtualService mirrors",
      "ingress-nginx": "mirror-target",
    },
  },
  "mirror-percent": {
    field: "mirror.percent",
    title: "Copies of some requests",
    engines: {
      traefik: "TraefikService mirroring percent",
      "gateway-api/traefik": gap("Traefik does not implement RequestMirror"),
      "gateway-api/istio": "filter RequestMirror percent",
      istio: "VirtualService mirrors percentage",
      "ingress-nginx": gap("its mirror-target copies every request"),
    },
  },
  websocket: {
    field: "websocket",
    title: "WebSocket",
    engines: {
      traefik: "as it is",
      "gateway-api/traefik": "as it is",
      "gateway-api/istio": "as it is",
      istio: "as it is",
      "ingress-nginx": "as it is",
    },
  },
  "error-pages": {
    field: "errorPages",
    title: "Pages for errors",
    engines: {
      traefik: "Middleware errors",
      "gateway-api/traefik": "Middleware errors by ExtensionRef",
      "gateway-api/istio": gap("Istio passes a backend's error on as it is"),
      istio: gap("Istio passes a backend's error on as it is"),
      "ingress-nginx": gap("it asks for / only, and the page's status takes the place of the error's"),
    },
  },
} as const satisfies Record<string, CapabilityRow>;
