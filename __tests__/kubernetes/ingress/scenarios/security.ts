import type { RouteTls } from "../../../../config/model/routes";
import { backend, clusterOf, ipv4, network, prefix, route } from "../istio-and-nginx";
import { plain, policy, type Scenario } from "./scenario";

/** security: who may ask, and who is believed. */
export const security = {
  tls: { without: plain, with: encrypted({}), carries: ["test-com-tls"] },
  "tls-min-version": {
    without: encrypted({}),
    with: encrypted({ minVersion: "1.3" }),
    carries: ["VersionTLS13"],
    on: { istio: ["TLSV1_3"] },
  },
  "client-certificate": {
    without: encrypted({}),
    with: encrypted({ clientAuthority: "visitors" }),
    carries: ["visitors"],
  },
  "https-redirect": {
    without: encrypted({ redirect: false }),
    with: encrypted({ redirect: true }),
    carries: ["https"],
    on: { istio: ["httpsRedirect: true"], "ingress-nginx": ['ssl-redirect: "true"'] },
  },
  "tls-passthrough": {
    without: plain,
    with: clusterOf([
      ...plain.routes,
      { ...route(["vault.test.com"], []), passthrough: { ...backend("vault"), port: 8200 } },
    ]),
    carries: ["vault.test.com", "8200"],
  },
  hsts: policy({ hsts: { seconds: 31_536_000, subdomains: true, preload: true } }, ["31536000"]),
  "basic-auth": policy({ basicAuth: { secret: "doors", realm: "Members only" } }, ["doors", "Members only"]),
  "external-auth": policy(
    { externalAuth: { backend: backend("guard"), path: "/check", responseHeaders: ["X-User"] } },
    ["guard", "/check", "X-User"],
  ),
  "allow-list": policy({ allow: [network("10.1.0.0/16")] }, ["10.1.0.0/16"]),
  cors: policy(
    {
      cors: {
        origins: ["https://app.test.com"],
        methods: ["GET", "PUT"],
        headers: ["X-Token"],
        exposeHeaders: ["X-Total"],
        credentials: true,
        maxAgeSeconds: 777,
      },
    },
    ["https://app.test.com", "GET", "PUT", "X-Token", "X-Total", "777"],
    { istio: ["app", "GET", "PUT", "X-Token", "X-Total", "777s"] },
  ),
  headers: policy(
    {
      headers: {
        request: { set: { "X-From": "outside" }, remove: ["X-Debug"] },
        response: { set: { "X-Served-By": "hello" }, remove: ["Server"] },
      },
    },
    ["X-From", "outside", "X-Debug", "X-Served-By", "Server"],
  ),
  "trusted-proxy": {
    without: plain,
    with: clusterOf(plain.routes, { trusts: [ipv4("192.168.0.100")] }),
    carries: ["192.168.0.100"],
    on: { istio: ["numTrustedProxies: 1"], "gateway-api/istio": ["numTrustedProxies: 1"] },
  },
  "proxy-protocol": {
    without: plain,
    with: clusterOf(plain.routes, { proxyProtocol: [network("192.168.0.7/32")] }),
    carries: ["192.168.0.7/32"],
  },
  "client-address": { with: plain, carries: ["externalTrafficPolicy"] },
} as const satisfies Record<string, Scenario>;

function encrypted(tls: Partial<RouteTls>) {
  const asked = {
    certificate: "test.com",
    secretName: "test-com-tls",
    minVersion: "1.2",
    redirect: true,
  } as const;
  return clusterOf([{ ...route(["main.test.com"], [prefix("/hello")]), tls: { ...asked, ...tls } }]);
}
