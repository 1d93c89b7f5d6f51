import type { Cluster } from "../../config/model";
import type { Edge } from "../../config/model/edge";
import { resolve } from "../../config/resolve";
import { insideOnly } from "../../config/split-horizon";
import { site } from "../clusters/asking";
import { exposed } from "../clusters/exposed";
import { home } from "../clusters/home";

const GiB = 1024 ** 3;
const main = { host: "main.test.com", paths: { "/hello": "hello" }, edge: { certificate: "test.com" } };

describe("a route with edge is a proxy host", () => {
  test("that leads to the ingress by plain HTTP, forces HTTPS and drops what visitors say of themselves", () => {
    expect(edgeOf({ ...site, routes: [main] })).toEqual({
      url: "http://192.168.0.100:81",
      address: "192.168.0.100",
      certificates: [
        {
          name: "test.com",
          names: ["test.com", "*.test.com"],
          source: { kind: "variable", certificate: "test_com_certificate", key: "test_com_key", revision: 1 },
        },
      ],
      hosts: [
        {
          name: "main-test-com",
          hosts: ["main.test.com"],
          routes: ["main-test-com"],
          upstream: { scheme: "http", address: "192.168.0.240", port: 80 },
          tls: { certificate: "test.com", force: true, http2: true },
          websocket: true,
          limits: { timeouts: {} },
          allow: [],
          clientIp: "strict",
          locations: [],
          cacheAssets: false,
          blockExploits: false,
        },
      ],
      redirections: [],
      notFound: [],
      streams: [],
    });
  });

  test("by HTTPS where the ingress ends TLS too", () => {
    const [host] = edgeOf({ ...site, routes: [{ ...main, tls: "test.com" }] }).hosts;
    expect(host?.upstream).toEqual({ scheme: "https", address: "192.168.0.240", port: 443 });
  });

  test("in plain HTTP where it shows no certificate", () => {
    const cluster = only({ ...site, routes: [{ ...main, edge: {} }] });
    expect(cluster.edge?.hosts[0]).not.toHaveProperty("tls");
    expect(cluster.edge?.certificates).toEqual([]);
    expect(cluster.routes[0]?.edge).toEqual({ scheme: "http" });
  });

  test("and the route knows by which schemes visitors come", () => {
    const schemeOf = (edge: object) => only({ ...site, routes: [{ ...main, edge }] }).routes[0]?.edge?.scheme;
    expect(schemeOf({ certificate: "test.com" })).toBe("https");
    expect(schemeOf({ certificate: "test.com", forceTls: false })).toBe("both");
    expect(only({ ...site, routes: [{ ...main, edge: undefined }] }).routes[0]).not.toHaveProperty("edge");
  });

  test("a file without a proxy has no edge", () => {
    expect(only({ ...site, edge: undefined, routes: [{ ...main, edge: undefined }] }).edge).toBeUndefined();
  });
});

describe("the proxy takes what the routes take", () => {
  const limitsOf = (policies: readonly object[], edge: object = {}) =>
    edgeOf({
      ...site,
      routes: [
        {
          ...main,
          paths: Object.fromEntries(policies.map((policy, at) => [`/${at}`, { to: "hello", ...policy }])),
          edge: { ...main.edge, ...edge },
        },
      ],
    }).hosts[0]?.limits;
  const small = { maxBody: "10 MiB", timeouts: { request: "10s" } };
  const large = { maxBody: "8 GiB", timeouts: { request: "5m" } };

  test("of the largest and slowest path, where that is more than the proxy's own", () => {
    expect(limitsOf([small])).toEqual({ timeouts: {} });
    expect(limitsOf([small, large])).toEqual({ maxBodyBytes: 8 * GiB, timeouts: { read: 300_000 } });
  });

  test("unless the file says otherwise", () => {
    expect(limitsOf([small, large], { maxBody: "1 GiB", timeouts: { read: "60s", send: "5s" } })).toEqual({
      maxBodyBytes: GiB,
      timeouts: { read: 60_000, send: 5000 },
    });
  });
});

describe("everything that the file can say arrives", () => {
  const edge = edgeOf({ ...home, ...exposed });

  test("of a proxy host", () => {
    expect(edge.hosts[0]).toMatchObject({
      tls: { force: true, http2: true, hsts: { subdomains: true } },
      limits: {
        maxBodyBytes: 10 * 1024 ** 2,
        timeouts: { connect: 5000, send: 60_000, read: 60_000 },
      },
      allow: [{ cidr: "192.168.0.0/24" }],
      locations: [
        {
          path: "/files",
          upstream: { scheme: "https", address: "192.168.0.9", port: 8443 },
          limits: { maxBodyBytes: GiB, timeouts: { read: 600_000 } },
          rawNginx: "proxy_buffering off;",
        },
      ],
      blockExploits: true,
      rawNginx: "gzip on;",
      adopt: 7,
    });
  });

  test("of a redirection and a host that answers 404", () => {
    expect(edge.redirections).toEqual([
      {
        name: "www-test-com",
        hosts: ["www.test.com"],
        to: { scheme: "https", host: "main.test.com" },
        status: 308,
        keepPath: false,
        tls: { certificate: "test.com", force: true, http2: false, hsts: { subdomains: true } },
        adopt: 3,
      },
    ]);
    expect(edge.notFound).toMatchObject([{ name: "nobody-test-com", hosts: ["nobody.test.com"] }]);
  });

  test("of streams, to a service's address and to the ingress", () => {
    expect(edge.streams).toEqual([
      {
        name: "many",
        port: 9000,
        transports: ["TCP"],
        to: { address: "192.168.0.242", port: 9000 },
        certificate: "test.com",
      },
      { name: "raw", port: 8443, transports: ["TCP"], to: { address: "192.168.0.240", port: 443 } },
    ]);
    expect(edge.defaultSite).toEqual({ page: "redirect", url: "https://main.test.com/hello" });
  });

  test("of certificates, those that something shows", () => {
    expect(edge.certificates.map(({ name }) => name)).toEqual(["test.com"]);
  });
});

describe("what is left out of a redirection", () => {
  const written = {
    "*.old.com": { to: "test.com" },
    "old.com": { hosts: ["b.com", "a.com", "b.com"], to: "c.com" },
  };
  const { redirections, url } = edgeOf({
    ...site,
    edge: {
      nginxProxyManager: { url: "http://192.168.0.100:81/", address: "192.168.0.100" },
      redirections: written,
    },
  });

  test("is filled in: the entry's name is its host, the scheme stays, for good, with path and query", () => {
    expect(redirections).toEqual([
      {
        name: "any-old-com",
        hosts: ["*.old.com"],
        to: { scheme: "auto", host: "test.com" },
        status: 301,
        keepPath: true,
      },
      expect.objectContaining({ hosts: ["a.com", "b.com"] }),
    ]);
    expect(url).toBe("http://192.168.0.100:81");
  });
});

test("inside, names that the proxy alone answers are the proxy's, and a route's host stays where its route is", () => {
  const cluster = only({
    ...site,
    dns: {},
    routes: [
      { ...main, host: "*.test.com" },
      { host: "admin.test.com", paths: { "/": "next" } },
    ],
    edge: {
      ...site.edge,
      redirections: { "old.com": { to: "main.test.com" } },
      notFound: { "admin.test.com": {}, "gone.com": {} },
    },
  });
  expect(insideOnly(cluster)).toEqual(["admin.test.com"]);
  expect(cluster.dns).toMatchObject({
    hosts: { "admin.test.com": "192.168.0.240", "old.com": "192.168.0.100", "gone.com": "192.168.0.100" },
    wildcards: { "test.com": "192.168.0.100" },
  });
});

test.each([
  ["a path on the same host", { "/": "hello", "/old": { redirect: { path: "/new" } } }],
  ["another host", { "/": { redirect: { host: "elsewhere.com" } } }],
  ["HTTPS on another port", { "/": { redirect: { scheme: "https", port: 8443 } } }],
])("a redirect to %s is no loop", (_, paths) => {
  expect(() => resolve([{ ...site, routes: [{ ...main, paths }] }])).not.toThrow();
});

function edgeOf(literal: unknown): Edge {
  const { edge } = only(literal);
  if (edge === undefined) throw new Error("the file has a proxy");
  return edge;
}

function only(literal: unknown): Cluster {
  const [cluster] = resolve([literal]).model.clusters;
  if (cluster === undefined) throw new Error("one literal makes one cluster");
  return cluster;
}
