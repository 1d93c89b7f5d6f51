import type { Cluster } from "../../../config/model";
import type { Certificate } from "../../../config/model/certificates";
import type { Route } from "../../../config/model/routes";
import { gatewayApi } from "../../../kubernetes/ingress/gateway-api";
import { traefikCarrier } from "../../../kubernetes/ingress/gateway-api/traefik-carrier";
import type { KubernetesObject } from "../../../kubernetes/object";
import { clusterOf, exact, network, prefix, regex, route } from "./istio-and-nginx";
import { valuesAt } from "./read";

const engine = gatewayApi(traefikCarrier);

test("listeners have the ports of Traefik's pod: by the Service's it would not find them", () => {
  const cluster = clusterOf([route(["a.com"], [prefix("/")]), encrypted("b.com", "b.com")]);
  expect(valuesAt(sharedOf(cluster), "spec", "listeners", "port")).toEqual([8000, 8443]);
});

test("hosts below one wildcard share its listener; an exact name of the certificate has its own", () => {
  const cluster = {
    ...clusterOf(["test.com", "a.test.com", "b.test.com"].map((host) => encrypted(host, "test.com"))),
    certificates: [certificate("test.com", "test.com", "*.test.com")],
  };
  expect(valuesAt(sharedOf(cluster), "spec", "listeners", "hostname")).toEqual(["test.com", "*.test.com"]);
  expect(valuesAt(routesOf(cluster), "spec", "parentRefs", "sectionName")).toEqual([
    "https-test-com",
    "http",
    "https-any-test-com",
    "http",
    "https-any-test-com",
    "http",
  ]);
});

test("two certificates with one wildcard have a listener for each host", () => {
  const cluster = {
    ...clusterOf([encrypted("a.test.com", "one"), encrypted("b.test.com", "two")]),
    certificates: [certificate("one", "*.test.com"), certificate("two", "*.test.com")],
  };
  const listeners = valuesAt(sharedOf(cluster), "spec", "listeners").slice(1);
  expect(valuesAt(listeners, "hostname")).toEqual(["a.test.com", "b.test.com"]);
  expect(valuesAt(listeners, "tls", "certificateRefs", "name")).toEqual(["one-tls", "two-tls"]);
});

test("a route with HTTPS takes plain HTTP only to send it there", () => {
  const [http, redirect] = routesOf(clusterOf([encrypted("a.com", "a.com")]));
  expect(valuesAt(http, "spec", "parentRefs", "sectionName")).toEqual(["https-a-com"]);
  expect(valuesAt(redirect, "spec", "parentRefs", "sectionName")).toEqual(["http"]);
  expect(valuesAt(redirect, "spec", "rules", "filters", "type")).toEqual(["RequestRedirect"]);
});

test("a prefix is replaced below one match: each method has a rule of its own", () => {
  const rule = {
    ...prefix("/old/", { rewrite: { kind: "prefix", value: "/new" } }),
    condition: { headers: [], query: [], methods: ["GET", "PUT"] },
  } as const;
  const rules = valuesAt(routesOf(clusterOf([route(["a.com"], [rule])])), "spec", "rules");
  expect(rules.map((one) => valuesAt(one, "matches", "method"))).toEqual([["GET"], ["PUT"]]);
  expect(valuesAt(rules, "matches", "path", "value")).toEqual(["/old", "/old"]);
});

test("the prefix of an exact path is all of it", () => {
  const rule = exact("/old", { rewrite: { kind: "prefix", value: "/new" } });
  const [http] = routesOf(clusterOf([route(["a.com"], [rule])]));
  expect(valuesAt(http, "spec", "rules", "filters", "urlRewrite", "path")).toEqual([
    { type: "ReplaceFullPath", replaceFullPath: "/new" },
  ]);
});

test("a regex matches all of a path", () => {
  const [http] = routesOf(clusterOf([route(["a.com"], [regex("/a|/b")])]));
  expect(valuesAt(http, "spec", "rules", "matches", "path", "value")).toEqual(["^(?:/a|/b)$"]);
});

test("behind the edge a redirect goes to the scheme that the edge speaks", () => {
  const rule = {
    ...prefix("/"),
    action: { kind: "redirect", status: 302, host: "new.com" },
  } as const;
  const schemes = (more: Partial<Route>) =>
    valuesAt(
      routesOf(clusterOf([{ ...route(["a.com"], [rule]), ...more }])),
      "spec",
      "rules",
      "filters",
      "requestRedirect",
      "scheme",
    );
  expect(schemes({})).toEqual([]);
  expect(schemes({ edge: { scheme: "https" } })).toEqual(["https"]);
  expect(schemes({ edge: { scheme: "http" } })).toEqual([]);
});

test("seventeen rules are two HTTPRoutes, for one holds sixteen", () => {
  const rules = Array.from({ length: 17 }, (_, at) => exact(`/${at}`));
  const routes = routesOf(clusterOf([route(["a.com"], rules)]));
  expect(routes.map(({ metadata }) => metadata.name)).toEqual(["a-com", "a-com--2"]);
  expect(routes.map((one) => valuesAt(one, "spec", "rules").length)).toEqual([16, 1]);
});

test("headers are edited before a Middleware sees them, paths after", () => {
  const rule = prefix("/a", {
    headers: { request: { set: {}, remove: ["X-User"] }, response: { set: {}, remove: [] } },
    basicAuth: { secret: "doors", realm: "x" },
    rewrite: { kind: "full", value: "/" },
  });
  expect(
    valuesAt(routesOf(clusterOf([route(["a.com"], [rule])])), "spec", "rules", "filters", "type"),
  ).toEqual(["RequestHeaderModifier", "ExtensionRef", "URLRewrite"]);
});

test("an allow list behind the edge reads the visitor's address from the edge", () => {
  const allowed = route(["a.com"], [prefix("/a", { allow: [network("10.0.0.0/8")] })]);
  const depths = (one: Route) =>
    valuesAt(routesOf(clusterOf([one])), "spec", "ipAllowList", "ipStrategy", "depth");
  expect(depths(allowed)).toEqual([]);
  expect(depths({ ...allowed, edge: { scheme: "https" } })).toEqual([1]);
});

test("RKE2 1.37 brings the kinds of Gateway API itself", () => {
  const cluster = clusterOf([]);
  const charts = (version: string) => {
    const upgraded = { ...cluster, rke2: { ...cluster.rke2, version } };
    return cluster.ingress && engine.charts(upgraded, cluster.ingress).map(({ release }) => release);
  };
  expect(charts("v1.36.5+rke2r1")).toEqual(["gateway-api-crds", "traefik"]);
  expect(charts("v1.37.0+rke2r1")).toEqual(["traefik"]);
});

function encrypted(host: string, certificate: string): Route {
  const tls = { certificate, secretName: `${certificate}-tls`, minVersion: "1.2", redirect: true } as const;
  return { ...route([host], [prefix("/")]), tls };
}

function certificate(name: string, ...names: readonly string[]): Certificate {
  return { name, names, source: { kind: "in-proxy", idOrName: 1 } };
}

function sharedOf(cluster: Cluster): readonly KubernetesObject[] {
  return cluster.ingress === undefined ? [] : engine.shared(cluster, cluster.ingress);
}

function routesOf(cluster: Cluster): readonly KubernetesObject[] {
  return cluster.routes.flatMap((one) => engine.route(cluster, one));
}
