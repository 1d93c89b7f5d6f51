import type { Capability } from "../../config/capabilities";
import { home } from "./home";

const whoami = { image: "docker.io/traefik/whoami:v1.11.0", port: 8080 };

/** site is home with services and one route, which each entry of `asking` changes. */
export const site = {
  ...home,
  services: {
    hello: whoami,
    next: whoami,
    secure: { ...whoami, protocol: "https" },
    multiplexed: { ...whoami, protocol: "h2c" },
    other: { ...whoami, namespace: "elsewhere" },
    outside: { external: "api.example.com", port: 443 },
  },
  secrets: { admins: { htpasswd: "admins" }, authority: { keys: { "ca.crt": "visitors_authority" } } },
  certificates: { "test.com": { fromVariable: "test_com" } },
};

/** siteOn an engine, its route still to be said. */
export function siteOn(controller: string, carriedBy?: string) {
  return {
    ...site,
    ingress: { ...site.ingress, controller, ...(carriedBy === undefined ? {} : { carriedBy }) },
    ...(controller === "ingress-nginx"
      ? { accept: { ...site.accept, "rke2/ingress-nginx-retired": "an example" } }
      : {}),
  };
}

const host = "main.test.com";
const route = (fields: object) => ({ ...site, routes: [{ host, paths: { "/hello": "hello" }, ...fields }] });
const path = (fields: object) => route({ paths: { "/hello": { to: "hello", ...fields } } });

/** asking for each capability: a cluster that an engine with a gap there has to refuse. */
export const asking: Readonly<Record<Capability, object>> = {
  host: route({ host: "*.test.com" }),
  "path-prefix": path({ match: "prefix" }),
  "path-exact": path({ match: "exact" }),
  "path-regex": route({ paths: { "/v[0-9]+/hello": { to: "hello", match: "regex" } } }),
  condition: path({ when: [{ methods: ["POST"], to: "next" }] }),
  order: route({ paths: { "/hello": "hello", "/hello/again": "next" } }),
  "entry-points": route({ tls: "test.com" }),
  "canary-weight": route({ paths: { "/hello": { to: { hello: 90, next: 10 } } } }),
  "canary-header": path({ when: [{ headers: { "x-canary": "always" }, to: "next" }] }),
  redirect: route({ paths: { "/hello": { redirect: { path: { full: "/goodbye" } } } } }),
  "redirect-prefix": route({ paths: { "/hello": { redirect: { path: "/goodbye" } } } }),
  rewrite: path({ rewrite: "/greeting" }),
  "host-rewrite": path({ hostRewrite: "inside.test.com" }),
  class: route({}),
  tls: route({ tls: "test.com" }),
  "tls-min-version": route({ tls: { certificate: "test.com", minVersion: "1.3" } }),
  "client-certificate": route({ tls: { certificate: "test.com", clientAuthority: "authority" } }),
  "https-redirect": route({ tls: { certificate: "test.com", redirect: true } }),
  "tls-passthrough": { ...site, routes: [{ host, passthrough: "secure" }] },
  hsts: route({ tls: "test.com", hsts: true }),
  "basic-auth": path({ basicAuth: "admins" }),
  "external-auth": path({ externalAuth: { to: "next" } }),
  "allow-list": path({ allow: ["10.0.0.0/8"] }),
  cors: path({ cors: { origins: ["https://app.test.com"] } }),
  headers: path({ headers: { request: { set: { "x-site": "hello" } } } }),
  "trusted-proxy": route({}),
  "proxy-protocol": { ...site, ingress: { ...site.ingress, proxyProtocol: ["10.0.0.0/8"] } },
  "client-address": route({}),
  retries: path({ retries: { attempts: 2 } }),
  "request-timeout": path({ timeouts: { request: "5s" } }),
  "connect-timeout": path({ timeouts: { connect: "2s" } }),
  "circuit-breaker": path({ circuitBreaker: { failures: 3 } }),
  "max-concurrent": path({ maxConcurrent: 10 }),
  "rate-limit": path({ rateLimit: { requests: 100 } }),
  sticky: path({ sticky: true }),
  balance: path({ balance: "least-request" }),
  "body-size": path({ maxBody: "10 MiB" }),
  mirror: path({ mirror: { to: "next" } }),
  "mirror-percent": path({ mirror: { to: "next", percent: "10%" } }),
  websocket: path({ websocket: true }),
  "error-pages": path({ errorPages: { to: "next", statuses: [503] } }),
  "backend-protocol": route({ paths: { "/hello": "secure" } }),
  "backend-h2c": route({ paths: { "/hello": "multiplexed" } }),
  "cross-namespace": route({ paths: { "/hello": { to: { hello: 90, other: 10 } } } }),
  "external-name": route({ paths: { "/hello": "outside" } }),
};
