import { z } from "zod";
import type { Cluster } from "../../../config/model";
import type { Policy, Route } from "../../../config/model/routes";
import { traefik } from "../../../kubernetes/ingress/traefik";
import type { KubernetesObject } from "../../../kubernetes/object";
import { backend, clusterOf, duration, exact, ipv4, network, prefix, regex, route } from "./istio-and-nginx";
import { valuesAt } from "./read";

const host = ["main.test.com"];

test("a prefix is whole segments, and / is everything", () => {
  const cluster = clusterOf([route(host, [prefix("/a"), prefix("/")])]);
  expect(valuesAt(traefikObjects(cluster), "spec", "routes", "match")).toEqual([
    "Host(`main.test.com`) && (Path(`/a`) || PathPrefix(`/a/`))",
    "Host(`main.test.com`) && PathPrefix(`/`)",
  ]);
});

test("a wildcard is one label, and an exact host goes before it", () => {
  const cluster = clusterOf([
    route(["*.test.com"], [exact("/a/long/path")]),
    route(["main.test.com"], [prefix("/")]),
  ]);
  const [wildcard, one] = routesOf(cluster);
  expect(wildcard?.match).toContain("HostRegexp(`^[^.]+\\.test\\.com$`)");
  expect(one?.priority).toBeGreaterThan(wildcard?.priority ?? NaN);
});

test("a text with a backtick is quoted as Go quotes it", () => {
  const odd = { ...prefix("/"), condition: { headers: [header("a`b")], query: [], methods: [] } };
  expect(routesOf(clusterOf([route(host, [odd])]))[0]?.match).toContain('Header(`X-Odd`, "a`b")');
});

test("conditions of one path are tried in the file's order, whichever route of the host they stand in", () => {
  const conditional = (name: string, value: string) => ({
    ...prefix("/a"),
    name,
    condition: { headers: [header(value)], query: [], methods: [] },
  });
  const cluster = clusterOf([
    route(host, [prefix("/a/b"), conditional("one", "1"), conditional("two", "2")]),
    route(host, [exact("/a"), prefix("/a"), regex("/[a-z]")], "main-test-com-2"),
  ]);
  const tried = routesOf(cluster).toSorted((a, b) => b.priority - a.priority);
  expect(new Set(tried.map(({ priority }) => priority)).size).toBe(tried.length);
  expect(tried.map(({ match }) => match.replace("Host(`main.test.com`) && ", ""))).toEqual([
    "Path(`/a`)",
    "PathRegexp(`^(?:/[a-z])$`)",
    "(Path(`/a/b`) || PathPrefix(`/a/b/`))",
    "(Path(`/a`) || PathPrefix(`/a/`)) && Header(`X-Odd`, `1`)",
    "(Path(`/a`) || PathPrefix(`/a/`)) && Header(`X-Odd`, `2`)",
    "(Path(`/a`) || PathPrefix(`/a/`))",
  ]);
});

test("plain HTTP goes to HTTPS below every rule and below the Ingress that answers ACME", () => {
  const cluster = clusterOf([{ ...route(host, [prefix("/"), regex("/x")]), tls }]);
  // An Ingress without a priority has the length of its match.
  const acme = "Host(`main.test.com`) && Path(`/.well-known/acme-challenge/token`)".length;
  const [redirect, ...others] = routesOf(cluster).toSorted((a, b) => a.priority - b.priority);
  expect(redirect?.match).toBe("Host(`main.test.com`)");
  expect(redirect?.priority).toBeLessThan(acme);
  expect(Math.min(...others.map(({ priority }) => priority))).toBeGreaterThan(redirect?.priority ?? NaN);
});

test("routes that share a host name one set of TLS options", () => {
  const strict = { ...tls, minVersion: "1.3" } as const;
  const objects = traefikObjects(
    clusterOf([
      { ...route(host, [prefix("/a")]), tls: strict },
      { ...route(host, [prefix("/b")], "main-test-com-2"), tls: strict },
    ]),
  );
  expect(objects.filter(({ kind }) => kind === "TLSOption").map(nameOf)).toEqual(["main-test-com"]);
  expect(valuesAt(objects, "spec", "tls", "options", "name")).toEqual(["main-test-com", "main-test-com"]);
});

test("an allow list compares the visitor's address, through the edge and directly", () => {
  const cluster = clusterOf([route(host, [prefix("/a", { allow: [network("10.1.0.0/16")] })])], {
    trusts: [ipv4("192.168.0.100")],
  });
  const [edge, direct] = routesOf(cluster);
  expect(edge?.match).toBe(`${direct?.match ?? ""} && ClientIP(\`192.168.0.100\`)`);
  expect(edge?.priority).toBeGreaterThan(direct?.priority ?? NaN);
  const lists = traefikObjects(cluster).filter(({ kind }) => kind === "Middleware");
  expect(lists.map((list) => [nameOf(list), list["spec"]])).toEqual([
    [
      "main-test-com-at-a-allow-edge",
      { ipAllowList: { sourceRange: ["10.1.0.0/16"], ipStrategy: { depth: 1 } } },
    ],
    ["main-test-com-at-a-allow", { ipAllowList: { sourceRange: ["10.1.0.0/16"] } }],
  ]);
});

test("who sticks to a pod sticks to its service, by a cookie of its own", () => {
  const objects = traefikObjects(split({ sticky: { cookie: "seat" } }));
  const [service] = objects.filter(({ kind }) => kind === "TraefikService");
  expect(valuesAt(service, "spec", "weighted", "sticky", "cookie", "name")).toEqual(["seat-service"]);
  expect(valuesAt(service, "spec", "weighted", "services", "sticky", "cookie", "name")).toEqual([
    "seat",
    "seat",
  ]);
});

test("copies are made of what the weights chose, and stick to nothing", () => {
  const objects = traefikObjects(
    split({ sticky: { cookie: "seat" }, mirror: { backend: backend("shadow"), percent: 5 } }),
  );
  const mirror = objects.find(({ metadata }) => metadata.name.endsWith("-mirror"));
  expect(mirror?.["spec"]).toEqual({
    mirroring: {
      kind: "TraefikService",
      name: "main-test-com-at-a-split",
      mirrors: [{ name: "shadow", port: 8080, percent: 5 }],
    },
  });
});

test("an answer has the response's headers, whoever gave it; a password is asked for after CORS", () => {
  const objects = traefikObjects(
    clusterOf([
      route(host, [
        prefix("/a", {
          hsts: { seconds: 60, subdomains: false, preload: false },
          allow: [network("10.0.0.0/8")],
          basicAuth: { secret: "doors", realm: "x" },
          retries: { attempts: 1, statuses: [] },
          rewrite: { kind: "full", value: "/" },
          hostRewrite: "inside.test.com",
        }),
      ]),
    ]),
  );
  const [ingressRoute] = objects;
  expect(valuesAt(ingressRoute, "spec", "routes", "middlewares", "name")).toEqual(
    ["headers", "allow", "basic-auth", "retry", "rewrite", "host"].map(
      (part) => `main-test-com-at-a-${part}`,
    ),
  );
});

test("retries end when the time for a request is over", () => {
  const rule = prefix("/a", {
    retries: { attempts: 2, statuses: [] },
    timeouts: { request: duration("1500ms") },
  });
  const objects = traefikObjects(clusterOf([route(host, [rule])]));
  expect(objects.find(({ kind }) => kind === "Middleware")?.["spec"]).toEqual({
    retry: { attempts: 3, timeout: "1s500ms" },
  });
});

test("a cookie is sent by HTTPS alone where visitors come by HTTPS alone", () => {
  const rule = prefix("/a", { sticky: { cookie: "seat" } });
  const secure = (more: Partial<Route>) =>
    valuesAt(
      traefikObjects(clusterOf([{ ...route(host, [rule]), ...more }])),
      "spec",
      "routes",
      "services",
      "sticky",
      "cookie",
      "secure",
    );
  expect(secure({})).toEqual([]);
  expect(secure({ edge: { scheme: "https" } })).toEqual([true]);
  expect(secure({ edge: { scheme: "both" } })).toEqual([]);
  expect(secure({ tls })).toEqual([true]);
  expect(secure({ tls: { ...tls, redirect: false } })).toEqual([]);
});

const tls = {
  certificate: "test.com",
  secretName: "test-com-tls",
  minVersion: "1.2",
  redirect: true,
} as const;

function header(value: string) {
  return { name: "X-Odd", kind: "exact", value } as const;
}

function split(policy: Partial<Policy>): Cluster {
  const backends = [backend("a", 90), backend("b", 10)];
  return clusterOf([route(host, [{ ...prefix("/a", policy), action: { kind: "forward", backends } }])]);
}

/** routesOf a cluster's IngressRoutes, in the order in which they are written. */
function routesOf(cluster: Cluster) {
  return entries.parse(valuesAt(traefikObjects(cluster), "spec", "routes"));
}

const entries = z.array(z.object({ match: z.string(), priority: z.number() }));

function nameOf({ metadata }: KubernetesObject): string {
  return metadata.name;
}

function traefikObjects(cluster: Cluster): readonly KubernetesObject[] {
  return cluster.routes.flatMap((one) => traefik.route(cluster, one));
}
