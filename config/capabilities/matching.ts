import { type CapabilityRow, gap } from "./cell";

/** matching: which requests a rule takes, and where it sends them. */
export const matching = {
  host: {
    field: "routes[].host",
    title: "Host, exact or with one wildcard label",
    engines: {
      traefik: "Host(), HostRegexp()",
      "gateway-api/traefik": "HTTPRoute hostnames, listener hostname",
      "gateway-api/istio": "HTTPRoute hostnames, listener hostname",
      istio: "VirtualService hosts, Gateway servers[].hosts",
      "ingress-nginx": "rules[].host",
    },
  },
  "path-prefix": {
    field: "paths",
    title: "Path by prefix, whole segments",
    engines: {
      traefik: "Path() || PathPrefix() with a slash",
      "gateway-api/traefik": "path type PathPrefix",
      "gateway-api/istio": "path type PathPrefix",
      istio: "uri exact and uri prefix with a slash",
      "ingress-nginx": "pathType Prefix",
    },
  },
  "path-exact": {
    field: 'paths.*.match "exact"',
    title: "Path exactly",
    engines: {
      traefik: "Path()",
      "gateway-api/traefik": "path type Exact",
      "gateway-api/istio": "path type Exact",
      istio: "uri exact",
      "ingress-nginx": "pathType Exact",
    },
  },
  "path-regex": {
    field: 'paths.*.match "regex"',
    title: "Path by regular expression",
    engines: {
      traefik: "PathRegexp()",
      "gateway-api/traefik": "path type RegularExpression",
      "gateway-api/istio": "path type RegularExpression",
      istio: "uri regex",
      "ingress-nginx": "annotation use-regex",
    },
  },
  condition: {
    field: "paths.*.when",
    title: "Match by header, method or query",
    engines: {
      traefik: "Header(), Method(), Query()",
      "gateway-api/traefik": "matches[].headers, method, queryParams",
      "gateway-api/istio": "matches[].headers, method, queryParams",
      istio: "match headers, method, queryParams",
      "ingress-nginx": gap("it matches a header only to choose a canary, and neither method nor query"),
    },
  },
  order: {
    field: "paths",
    title: "Rules tried in one order",
    engines: {
      traefik: "routes[].priority",
      "gateway-api/traefik": "specificity as the specification orders it",
      "gateway-api/istio": "specificity as the specification orders it",
      istio: "order of http[]",
      "ingress-nginx": "longest path first",
    },
  },
  "entry-points": {
    field: "routes[].tls",
    title: "Plain HTTP and HTTPS apart",
    engines: {
      traefik: "entryPoints web, websecure",
      "gateway-api/traefik": "parentRefs[].sectionName",
      "gateway-api/istio": "parentRefs[].sectionName",
      istio: "Gateway servers[].port",
      "ingress-nginx": "spec.tls",
    },
  },
  "canary-weight": {
    field: "paths.*.to",
    title: "Weights between services",
    engines: {
      traefik: "TraefikService weighted",
      "gateway-api/traefik": "backendRefs[].weight",
      "gateway-api/istio": "backendRefs[].weight",
      istio: "route[].weight",
      "ingress-nginx": "second Ingress with canary-weight",
    },
  },
  "canary-header": {
    field: "paths.*.when",
    title: "A header chooses the service",
    engines: {
      traefik: "Header() before the other rule",
      "gateway-api/traefik": "rule with headers before the other",
      "gateway-api/istio": "rule with headers before the other",
      istio: "match headers before the other",
      "ingress-nginx": "second Ingress with canary-by-header",
    },
  },
  redirect: {
    field: "paths.*.redirect",
    title: "Redirect by path",
    engines: {
      traefik: "Middleware redirectRegex",
      "gateway-api/traefik": "filter RequestRedirect",
      "gateway-api/istio": "filter RequestRedirect",
      istio: "VirtualService redirect",
      "ingress-nginx": gap("its redirects are fixed addresses: what was asked for behind the path is lost"),
    },
  },
  "redirect-prefix": {
    field: "paths.*.redirect.path",
    title: "Redirect that keeps what follows the path",
    engines: {
      traefik: "Middleware redirectRegex",
      "gateway-api/traefik": "RequestRedirect replacePrefixMatch",
      "gateway-api/istio": "RequestRedirect replacePrefixMatch",
      istio: gap("a VirtualService's redirect takes the place of the whole path"),
      "ingress-nginx": gap("its redirects are fixed addresses: what was asked for behind the path is lost"),
    },
  },
  rewrite: {
    field: "rewrite",
    title: "Rewritten path",
    engines: {
      traefik: "Middleware replacePathRegex",
      "gateway-api/traefik": "filter URLRewrite",
      "gateway-api/istio": "filter URLRewrite",
      istio: "VirtualService rewrite",
      "ingress-nginx": "rewrite-target",
    },
  },
  "host-rewrite": {
    field: "hostRewrite",
    title: "Rewritten host",
    engines: {
      traefik: "Middleware headers",
      "gateway-api/traefik": "filter URLRewrite hostname",
      "gateway-api/istio": "filter URLRewrite hostname",
      istio: "VirtualService rewrite.authority",
      "ingress-nginx": "upstream-vhost",
    },
  },
  class: {
    field: "ingress.controller",
    title: "Objects bound to this controller",
    engines: {
      traefik: "ingressClassName traefik",
      "gateway-api/traefik": "gatewayClassName traefik",
      "gateway-api/istio": "gatewayClassName istio",
      istio: "Gateway selector",
      "ingress-nginx": "ingressClassName nginx",
    },
  },
} as const satisfies Record<string, CapabilityRow>;
