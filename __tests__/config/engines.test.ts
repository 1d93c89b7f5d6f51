import { capabilities, type Capability, enginesThatCan, engineNames, gapOf } from "../../config/capabilities";
import { ClusterProblems, renderProblems } from "../../config/problem";
import { resolve } from "../../config/resolve";
import { asking, site, siteOn } from "../clusters/asking";
import { lab } from "../clusters/home";
import { expectGolden } from "../golden-file";

const names = Object.keys(capabilities).filter((name): name is Capability => name in capabilities);

const cells = names.flatMap((capability) => engineNames.map((engine) => ({ capability, engine })));
const gaps = cells.filter(({ capability, engine }) => gapOf(engine, capability) !== undefined);
const able = cells.filter(({ capability, engine }) => gapOf(engine, capability) === undefined);

describe("every gap of an engine", () => {
  test.each(gaps)(
    "refuses $capability from $engine, naming the engines that can",
    ({ capability, engine }) => {
      const told = toldOf(capability, engine);
      for (const other of enginesThatCan(capability)) expect(told).toContain(other);
      expectGolden(`gaps/${engine.replace("/", "-")}/${capability}.txt`, told);
    },
  );
});

describe("everything that an engine can do", () => {
  test.each(able)("$engine takes $capability", ({ capability, engine }) => {
    expect(problemsOf(capability, engine).filter(({ severity }) => severity === "error")).toEqual([]);
  });
});

describe("what only looks like a mistake is taken", () => {
  const host = "main.test.com";
  const canary = { hello: 90, next: 10 };
  const header = { "x-canary": "always" };
  const sound: readonly (readonly [claim: string, cluster: object])[] = [
    [
      "one canary on two hosts of ingress-nginx",
      nginx([
        { host, paths: { "/hello": { to: canary } } },
        { host: "other.test.com", paths: { "/": { to: canary } } },
      ]),
    ],
    [
      "a header and a weight for one canary of ingress-nginx",
      nginx([{ host, paths: { "/hello": { to: canary, when: [{ headers: header, to: "next" }] } } }]),
    ],
    [
      "an expression beside a prefix on ingress-nginx, which is given an order",
      nginx([{ host, paths: { "/v[0-9]+": { to: "hello", match: "regex" }, "/v1": "next" } }]),
    ],
    [
      "one cookie for two paths of a service, and a third path without, on ingress-nginx",
      nginx([
        {
          host,
          paths: {
            "/a": { to: "hello", sticky: true },
            "/b": { to: "hello", sticky: { cookie: "sticky" } },
            "/c": "hello",
          },
        },
      ]),
    ],
    [
      "the same said in two ways of one service behind HTTPRoutes of Istio",
      {
        ...siteOn("gateway-api", "istio"),
        routes: [
          { host, paths: { "/a": { to: "hello", circuitBreaker: { failures: 3 } } } },
          { host, paths: { "/b": { to: "hello", circuitBreaker: { failures: 3, pause: "30s" } } } },
        ],
      },
    ],
    [
      "a redirect to a whole path beside a rewrite on Traefik",
      {
        ...siteOn("traefik"),
        routes: [
          { host, rewrite: "/v2", paths: { "/a": "hello", "/b": { redirect: { path: { full: "/a" } } } } },
        ],
      },
    ],
    [
      "the same tls written in two ways",
      {
        ...siteOn("istio"),
        routes: [
          { host, tls: "test.com", paths: { "/a": "hello" } },
          { host, tls: { certificate: "test.com", minVersion: "1.2" }, paths: { "/b": "hello" } },
        ],
      },
    ],
    [
      "a host with an answer for every path before a wildcard",
      {
        ...siteOn("istio"),
        routes: [
          { host, paths: { "/a": "hello" } },
          { host, paths: { "/": "hello" } },
          { host: "*.test.com", paths: { "/b": "next" } },
        ],
      },
    ],
  ];

  test.each(sound)("%s", (_claim, cluster) => {
    expect(toldAs(cluster)).toEqual([]);
  });

  test("one host at two proxies, and inside only", () => {
    const edge = { certificate: "test.com" };
    const other = {
      ...lab,
      services: { hello: site.services.hello },
      certificates: site.certificates,
      edge: { nginxProxyManager: { url: "http://192.168.0.101:81", address: "192.168.0.101" } },
    };
    const home = { ...site, routes: [{ host, paths: { "/": "hello" }, edge }] };
    const inside = { ...other, edge: site.edge, routes: [{ host, paths: { "/": "hello" } }] };
    expect(toldAs(home, { ...other, routes: home.routes })).toEqual([]);
    expect(toldAs(home, inside)).toEqual([]);
  });

  function nginx(routes: readonly object[]) {
    return { ...siteOn("ingress-nginx"), routes };
  }

  function toldAs(...clusters: readonly object[]) {
    return problemsIn(clusters).filter(({ severity }) => severity === "error");
  }
});

function problemsOf(capability: Capability, engine: string) {
  const [controller, carriedBy] = engine.split("/");
  const cluster: { ingress?: object } = asking[capability];
  const ingress = { ...cluster.ingress, controller, ...(carriedBy === undefined ? {} : { carriedBy }) };
  return problemsIn([{ ...cluster, ingress }]);
}

function problemsIn(clusters: readonly object[]) {
  try {
    return resolve(clusters).warnings;
  } catch (error) {
    if (error instanceof ClusterProblems) return error.problems;
    throw error;
  }
}

function toldOf(capability: Capability, engine: string): string {
  const problems = problemsOf(capability, engine).filter(({ severity }) => severity === "error");
  return renderProblems("cluster.ts", problems);
}
