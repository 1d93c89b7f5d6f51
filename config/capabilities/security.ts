import { type CapabilityRow, gap } from "./cell";

/** security: who may ask, and who is believed. */
export const security = {
  tls: {
    field: "routes[].tls",
    title: "TLS ends at the ingress",
    engines: {
      traefik: "tls.secretName",
      "gateway-api/traefik": "listener certificateRefs",
      "gateway-api/istio": "listener certificateRefs",
      istio: "servers[].tls.credentialName",
      "ingress-nginx": "spec.tls[].secretName",
    },
  },
  "tls-min-version": {
    field: "routes[].tls.minVersion",
    title: "Oldest TLS version of a host",
    engines: {
      traefik: "TLSOption minVersion",
      "gateway-api/traefik": gap("the standard has no field for it and Traefik reads none"),
      "gateway-api/istio": gap("the standard has no field for it"),
      istio: "servers[].tls.minProtocolVersion",
      "ingress-nginx": gap("its ssl-protocols is one setting for every host"),
    },
  },
  "client-certificate": {
    field: "routes[].tls.clientAuthority",
    title: "Visitors show a certificate",
    engines: {
      traefik: "TLSOption clientAuth",
      "gateway-api/traefik": gap("Traefik does not implement the listener's client validation"),
      "gateway-api/istio": gap(
        "Istio takes the authority from a Secret named after the certificate, or one for every host",
      ),
      istio: "servers[].tls.mode MUTUAL",
      "ingress-nginx": "auth-tls-secret",
    },
  },
  "https-redirect": {
    field: "routes[].tls.redirect",
    title: "Plain HTTP is sent to HTTPS",
    engines: {
      traefik: "Middleware redirectScheme on web",
      "gateway-api/traefik": "RequestRedirect on the http listener",
      "gateway-api/istio": "RequestRedirect on the http listener",
      istio: "servers[].tls.httpsRedirect",
      "ingress-nginx": "ssl-redirect",
    },
  },
  "tls-passthrough": {
    field: "routes[].passthrough",
    title: "TLS ends in the pod",
    engines: {
      traefik: "IngressRouteTCP",
      "gateway-api/traefik": "TLSRoute",
      "gateway-api/istio": "TLSRoute",
      istio: "Gateway tls.mode PASSTHROUGH",
      "ingress-nginx": "ssl-passthrough",
    },
  },
  hsts: {
    field: "hsts",
    title: "Strict-Transport-Security",
    engines: {
      traefik: "Middleware headers",
      "gateway-api/traefik": "ResponseHeaderModifier",
      "gateway-api/istio": "ResponseHeaderModifier",
      istio: "VirtualService headers.response",
      "ingress-nginx": gap("its hsts is one setting for every host"),
    },
  },
  "basic-auth": {
    field: "basicAuth",
    title: "User and password",
    engines: {
      traefik: "Middleware basicAuth",
      "gateway-api/traefik": "Middleware basicAuth by ExtensionRef",
      "gateway-api/istio": gap("Istio has no basic authentication"),
      istio: gap("Istio has no basic authentication"),
      "ingress-nginx": "auth-type basic",
    },
  },
  "external-auth": {
    field: "externalAuth",
    title: "Another service lets pass",
    engines: {
      traefik: "Middleware forwardAuth",
      "gateway-api/traefik": "Middleware forwardAuth by ExtensionRef",
      "gateway-api/istio": gap("it needs a provider in the configuration of the whole mesh"),
      istio: gap("it needs a provider in the configuration of the whole mesh"),
      "ingress-nginx": "auth-url",
    },
  },
  "allow-list": {
    field: "allow",
    title: "Visitors' networks",
    engines: {
      traefik: "Middleware ipAllowList",
      "gateway-api/traefik": "Middleware ipAllowList by ExtensionRef",
      "gateway-api/istio": "AuthorizationPolicy on the gateway",
      istio: "AuthorizationPolicy on the gateway",
      "ingress-nginx": "whitelist-source-range",
    },
  },
  cors: {
    field: "cors",
    title: "CORS",
    engines: {
      traefik: "Middleware headers",
      "gateway-api/traefik": "Middleware headers by ExtensionRef",
      "gateway-api/istio": "filter CORS",
      istio: "VirtualService corsPolicy",
      "ingress-nginx": "enable-cors",
    },
  },
  headers: {
    field: "headers",
    title: "Request and response headers",
    engines: {
      traefik: "Middleware headers",
      "gateway-api/traefik": "RequestHeaderModifier, ResponseHeaderModifier",
      "gateway-api/istio": "RequestHeaderModifier, ResponseHeaderModifier",
      istio: "VirtualService headers",
      "ingress-nginx": gap("it takes snippets, which let a route read every Secret"),
    },
  },
  "trusted-proxy": {
    field: "edge",
    title: "The edge's word about visitors",
    engines: {
      traefik: "forwardedHeaders.trustedIPs",
      "gateway-api/traefik": "forwardedHeaders.trustedIPs",
      "gateway-api/istio": "gatewayTopology.numTrustedProxies",
      istio: "gatewayTopology.numTrustedProxies",
      "ingress-nginx": "use-forwarded-headers, proxy-real-ip-cidr",
    },
  },
  "proxy-protocol": {
    field: "ingress.proxyProtocol",
    title: "PROXY protocol",
    engines: {
      traefik: "proxyProtocol.trustedIPs",
      "gateway-api/traefik": "proxyProtocol.trustedIPs",
      "gateway-api/istio": "gatewayTopology.proxyProtocol",
      istio: "gatewayTopology.proxyProtocol",
      "ingress-nginx": "use-proxy-protocol",
    },
  },
  "client-address": {
    field: "ingress",
    title: "Visitors' addresses kept",
    engines: {
      traefik: "externalTrafficPolicy Local",
      "gateway-api/traefik": "externalTrafficPolicy Local",
      "gateway-api/istio": "externalTrafficPolicy Local",
      istio: "externalTrafficPolicy Local",
      "ingress-nginx": "externalTrafficPolicy Local",
    },
  },
} as const satisfies Record<string, CapabilityRow>;
