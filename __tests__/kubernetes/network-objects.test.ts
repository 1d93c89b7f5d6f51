import type { Cluster } from "../../config/model";
import { networkObjects, parts } from "../../kubernetes/network-objects";
import { platformCharts } from "../../kubernetes/platform-charts";
import { expectGolden } from "../golden-file";
import { controller, gateway } from "./controllers";
import { hasCrd, noCrds, refusalsOf } from "./crds";
import { clusterOf, ipv4, plainIngress, prefix, route } from "./ingress/istio-and-nginx";
import { deployment, documents, exposure, service, statefulSet } from "./samples";
import { skipped } from "../skipped";

const cluster: Cluster = {
  ...clusterOf([
    {
      ...route(["main.test.com"], [prefix("/")]),
      tls: { certificate: "test.com", secretName: "test-com", minVersion: "1.2", redirect: true },
    },
    route(["plain.test.com"], [prefix("/")]),
  ]),
  loadBalancer: {
    pools: [
      {
        name: "default",
        addresses: [],
        reserved: [ipv4("192.168.0.240")],
        autoAssign: true,
        avoidBuggyIps: false,
        announce: { nodeLabels: {}, interfaces: [] },
      },
    ],
  },
  ingress: { ...plainIngress, engine: "gateway-api/traefik" },
  namespaces: ["apps", "default", "cert-manager", "edge", "shop"],
  services: [service(deployment(), exposure()), service(statefulSet(), exposure({ type: "headless" }), "db")],
  configMaps: [
    { name: "settings", namespace: "apps", data: { colour: "blue" } },
    { name: "empty", namespace: "apps", data: {} },
  ],
  issuers: [
    { name: "house", authority: { kind: "self-signed", commonName: "house" } },
    {
      name: "public",
      authority: {
        kind: "acme",
        server: "https://acme.test/directory",
        email: "ops@test.com",
        challenge: { kind: "http01" },
      },
    },
  ],
  certificates: [{ name: "test.com", names: ["*.test.com"], source: { kind: "issuer", issuer: "house" } }],
  dns: {
    forward: [],
    hosts: { "main.test.com": ipv4("192.168.0.240") },
    rewrites: {},
    zones: {},
    wildcards: {},
    reverse: [],
  },
};
const engine = controller({ shared: [gateway] });
const groups = networkObjects(cluster, engine);

test("parts follow each other as they need each other, and each entry of the file is a group of its own", () => {
  expect(groups.map(({ part, name }) => `${part} ${name}`)).toEqual([
    "namespace apps",
    "namespace shop",
    "pool default",
    "dns cluster-dns",
    "issuer house",
    "issuer public",
    "certificate test-com.shop",
    "ingress ingress",
    "config-map settings",
    "config-map empty",
    "service hello",
    "service db",
    "route main-test-com",
    "route plain-test-com",
  ]);
  const order = groups.map(({ part }) => parts.indexOf(part));
  expect(order).toEqual(order.toSorted((a, b) => a - b));
});

test("no two groups have one name in a part, and no object is made twice", () => {
  const names = groups.map(({ part, name }) => `${part}/${name}`);
  expect(new Set(names).size).toBe(names.length);
  const objects = groups.flatMap((group) =>
    group.objects.map(({ apiVersion, kind, metadata }) =>
      [apiVersion, kind, metadata.namespace, metadata.name].join("/"),
    ),
  );
  expect(new Set(objects).size).toBe(objects.length);
});

test("one more entry adds its group and touches no other", () => {
  const more = { ...cluster, services: [...cluster.services, service(deployment(), exposure(), "third")] };
  const added = networkObjects(more, engine).filter(
    (group) => !groups.some((before) => JSON.stringify(before) === JSON.stringify(group)),
  );
  expect(added.map(({ part, name }) => `${part} ${name}`)).toEqual(["service third"]);
});

test("a namespace is made once: not Kubernetes' own, not a chart's, and its pods have to be restricted", () => {
  expectGolden(
    "kubernetes/namespaces.yaml",
    documents(groups.filter(({ part }) => part === "namespace").flatMap(({ objects }) => objects)),
  );
});

test("a cluster that asks for nothing has no objects, and MetalLB alone of the charts", () => {
  const { ingress, ...bare } = { ...clusterOf([]), namespaces: [] };
  expect(ingress).toBeDefined();
  expect(networkObjects(bare, undefined)).toEqual([]);
  expect(platformCharts(bare, undefined).map(({ release }) => release)).toEqual(["metallb"]);
});

test("charts come in the order in which they need each other; cert-manager only where something is issued", () => {
  const releases = (of: Cluster): string[] => platformCharts(of, engine).map(({ release }) => release);
  expect(releases(cluster)).toEqual(["metallb", "edge", "cert-manager"]);
  expect(releases({ ...cluster, issuers: [] })).toEqual(["metallb", "edge"]);
});

if (noCrds === undefined) {
  test("upstream's definitions accept every object of their kinds", () => {
    const custom = groups
      .flatMap(({ objects }) => objects)
      .filter((object) => object !== gateway && hasCrd(object));
    expect(custom.map(({ kind }) => kind)).toContain("HelmChartConfig");
    expect(custom.flatMap(refusalsOf)).toEqual([]);
  });
} else {
  skipped("objects are held against upstream's definitions", noCrds);
}
