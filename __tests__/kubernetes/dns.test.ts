import { parse } from "yaml";
import { z } from "zod";
import type { ClusterDns } from "../../config/model/cluster-dns";
import { clusterDnsObject } from "../../kubernetes/dns";
import { expectGolden } from "../golden-file";
import { noCrds, refusalsOf } from "./crds";
import { ipv4, network } from "./ingress/istio-and-nginx";
import { documents } from "./samples";
import { skipped } from "../skipped";

const nothing: ClusterDns = { forward: [], hosts: {}, rewrites: {}, zones: {}, wildcards: {}, reverse: [] };

const everything: ClusterDns = {
  forward: [ipv4("192.168.0.1"), ipv4("192.168.0.2")],
  hosts: {
    "main.test.com": ipv4("192.168.0.240"),
    "edge.test.com": ipv4("192.168.0.100"),
    "test.com": ipv4("192.168.0.240"),
    "nas.home.arpa": ipv4("192.168.0.9"),
  },
  rewrites: { "db.test.com": "db.apps.svc.cluster.local", "cache.test.com": "cache.apps.svc.cluster.local" },
  zones: { "home.arpa": [ipv4("192.168.0.1")], "lab.home.arpa": [ipv4("192.168.0.3"), ipv4("192.168.0.4")] },
  wildcards: { "test.com": ipv4("192.168.0.240"), "dev.test.com": ipv4("192.168.0.241") },
  reverse: [network("172.29.0.0/16"), network("172.30.0.0/16")],
};

/** The `servers` of rke2-coredns 1.47.003. Source: coredns/helm values.yaml, rke2-charts values.yaml.patch */
const chartDefault = [
  {
    zones: [{ zone: ".", use_tcp: true }],
    port: 53,
    plugins: [
      { name: "errors" },
      { name: "health", configBlock: "lameduck 10s" },
      { name: "ready" },
      {
        name: "kubernetes",
        parameters: "in-addr.arpa ip6.arpa",
        configBlock: "pods insecure\nfallthrough in-addr.arpa ip6.arpa\nttl 30",
      },
      { name: "prometheus", parameters: "0.0.0.0:9153" },
      { name: "forward", parameters: ". /etc/resolv.conf" },
      { name: "cache", parameters: 30 },
      { name: "loop" },
      { name: "reload" },
      { name: "loadbalance" },
    ],
  },
];

test("a file that asks for nothing leaves CoreDNS as RKE2's chart has it", () => {
  expect(serversOf(nothing)).toEqual(chartDefault);
});

test("whatever is asked for, all that the chart has stays, in its order", () => {
  const names = serversOf(everything).flatMap(({ plugins }) => plugins.map(({ name }) => name));
  const added = ["rewrite", "template", "hosts"];
  const kept = names.filter((name, index) => !added.includes(name) && names[index - 1] !== name);
  expect(kept).toEqual(serversOf(nothing)[0]?.plugins.map(({ name }) => name));
});

test("everything at once is the configuration that was reviewed", () => {
  expectGolden("kubernetes/cluster-dns.yaml", documents([clusterDnsObject(everything)]));
});

test("the order of the file changes nothing", () => {
  const turned = <T>(record: Readonly<Record<string, T>>): Record<string, T> =>
    Object.fromEntries(Object.entries(record).toReversed());
  const { hosts, rewrites, zones, wildcards } = everything;
  expect(
    clusterDnsObject({
      ...everything,
      hosts: turned(hosts),
      rewrites: turned(rewrites),
      zones: turned(zones),
      wildcards: turned(wildcards),
    }),
  ).toEqual(clusterDnsObject(everything));
});

test("the narrower zone is asked first, of forwards and of wildcards", () => {
  const parameters = serversOf(everything).flatMap(({ plugins }) =>
    plugins.map((plugin) => `${plugin.name} ${String(plugin.parameters ?? "")}`),
  );
  const placesOf = (...starts: string[]): number[] =>
    starts.map((start) => parameters.findIndex((each) => each.startsWith(start)));
  const inOrder = (places: number[]): boolean =>
    places.every((place, index) => place >= 0 && place > (places[index - 1] ?? -1));
  expect(inOrder(placesOf("forward lab.home.arpa", "forward home.arpa", "forward . "))).toBe(true);
  expect(inOrder(placesOf("template IN A dev.test.com", "template IN A test.com"))).toBe(true);
});

test("a host below a wildcard keeps an address of its own", () => {
  const text = JSON.stringify(serversOf(everything));
  expect(text).toContain("IN A edge.test.com");
  expect(text).not.toContain("IN A main.test.com");
});

if (noCrds === undefined) {
  test("helm-controller's own definition accepts it", () => {
    expect(refusalsOf(clusterDnsObject(everything))).toEqual([]);
  });
} else {
  skipped("cluster DNS is held against helm-controller's own definition", noCrds);
}

function serversOf(dns: ClusterDns): z.infer<typeof values>["servers"] {
  const { valuesContent } = spec.parse(clusterDnsObject(dns)["spec"]);
  return values.parse(parse(valuesContent)).servers;
}

const spec = z.looseObject({ valuesContent: z.string() });
const values = z.strictObject({
  servers: z.array(
    z.looseObject({
      plugins: z.array(
        z.looseObject({ name: z.string(), parameters: z.union([z.string(), z.number()]).optional() }),
      ),
    }),
  ),
});
