import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import Ajv, { type AnySchema } from "ajv/dist/2020";
import { parse } from "yaml";
import { z } from "zod";
import type { Cluster } from "../../../config/model";
import type { Ingress } from "../../../config/model/ingress";
import type { Route } from "../../../config/model/routes";
import { traefikChart } from "../../../kubernetes/charts/traefik";
import { referenceData } from "../../reference-data";
import { backend, clusterOf, ipv4, network, plainIngress, prefix, route } from "../ingress/istio-and-nginx";
import { valuesAt } from "../ingress/read";
import { skipped } from "../../skipped";

const published = join(referenceData, "charts/traefik-41.3.0");
const missing = existsSync(`${published}.values.yaml`)
  ? undefined
  : `no ${published}.values.yaml: set SLIPWAY_REFERENCE_DATA`;

const edge: Partial<Ingress> = {
  trusts: [ipv4("192.168.0.100")],
  proxyProtocol: [network("192.168.0.7/32")],
};
const silent: Partial<Ingress> = { replicas: 1, accessLogs: false, metrics: false };
const secured = leadingTo({ ...backend("hello"), protocol: "https" });
const outside = leadingTo({ ...backend("navi"), externalHost: "navi.example.com" });

const variants = (["ingress-routes", "http-routes"] as const).flatMap((reads) =>
  [{}, edge, silent].map((ingress) => [reads, ingress] as const),
);

if (missing === undefined) {
  const defaults: unknown = parse(readFileSync(`${published}.values.yaml`, "utf8"));

  test.each(variants)("values for %s, with %j, name only keys that the chart has", (reads, ingress) => {
    expect(unknownKeys(valuesOf(ingress, [secured], reads), defaults)).toEqual([]);
  });

  const schema: AnySchema = JSON.parse(readFileSync(`${published}.values.schema.json`, "utf8"));
  const validate = new Ajv({ strict: false, validateFormats: false, allErrors: true }).compile(schema);
  const isValid = (values: unknown): unknown => validate(coalesced(defaults, values));

  test.each(variants)("values for %s, with %j, pass the chart's schema", (reads, ingress) => {
    expect([isValid(valuesOf(ingress, [secured], reads)), validate.errors]).toEqual([true, null]);
  });

  test("refuses values that the chart would not take", () => {
    expect(isValid({ podDisruptionBudget: { enabled: "yes" } })).toBe(false);
    expect(isValid({ ingressClass: { default: true } })).toBe(false);
    expect(unknownKeys({ ports: { web: { redirectTo: "websecure" } } }, defaults)).toEqual([
      ".ports.web.redirectTo",
    ]);
  });
} else {
  skipped("Traefik's values are ones that its chart knows", missing);
}

test("only the edge and who speaks PROXY are believed, and nobody is by default", () => {
  const believed = (ingress: Partial<Ingress>) =>
    ["web", "websecure"].map((port) => [
      valuesAt(valuesOf(ingress), "ports", port, "forwardedHeaders", "trustedIPs"),
      valuesAt(valuesOf(ingress), "ports", port, "proxyProtocol", "trustedIPs"),
    ]);
  expect(believed({})).toEqual([
    [[], []],
    [[], []],
  ]);
  expect(believed(edge)).toEqual([
    [["192.168.0.100"], ["192.168.0.7/32"]],
    [["192.168.0.100"], ["192.168.0.7/32"]],
  ]);
  expect(JSON.stringify(valuesOf(edge))).not.toContain('"insecure"');
});

test("a single pod has no budget, which would hold every drain", () => {
  expect(valuesOf(silent)["podDisruptionBudget"]).toEqual({ enabled: false });
  expect(valuesOf({ replicas: 3 })["podDisruptionBudget"]).toEqual({ enabled: true, maxUnavailable: 1 });
});

test("a pod that stops has more time than it may take", () => {
  const [accepting = NaN, answering = NaN] = ["requestAcceptGraceTimeout", "graceTimeOut"].flatMap((name) =>
    valuesAt(valuesOf({}), "ports", "web", "transport", "lifeCycle", name).map((text) =>
      parseInt(String(text), 10),
    ),
  );
  const [all] = valuesAt(valuesOf({}), "deployment", "terminationGracePeriodSeconds");
  expect(accepting + answering).toBeLessThan(Number(all));
});

test("names outside are reached only where a route leads to one", () => {
  const allowed = (routes: readonly Route[]) =>
    valuesAt(valuesOf({}, routes), "providers", "kubernetesCRD", "allowExternalNameServices");
  expect(allowed([secured])).toEqual([false]);
  expect(allowed([outside])).toEqual([true]);
});

test("certificates of pods are taken unverified only where an HTTPRoute leads to HTTPS", () => {
  const flag = ["--serversTransport.insecureSkipVerify=true"];
  expect(valuesOf({}, [secured], "http-routes")["additionalArguments"]).toEqual(flag);
  expect(valuesOf({}, [secured])).not.toHaveProperty("additionalArguments");
  expect(valuesOf({}, [], "http-routes")).not.toHaveProperty("additionalArguments");
});

test("metrics and access logs are off where nobody wants them", () => {
  expect(valuesOf(silent)).toMatchObject({ metrics: { prometheus: null }, accessLog: { enabled: false } });
});

test("Ingresses are read only where cert-manager answers ACME by one", () => {
  const cluster = clusterOf([]);
  const acme = { kind: "acme", server: "https://acme.test", email: "a@b.c" } as const;
  const http01 = { name: "web", authority: { ...acme, challenge: { kind: "http01" } } } as const;
  const enabled = (issuers: Cluster["issuers"], reads: "ingress-routes" | "http-routes") =>
    valuesAt(
      traefikChart({ ...cluster, issuers }, plainIngress, reads).values,
      "providers",
      "kubernetesIngress",
      "enabled",
    );
  expect(enabled([], "ingress-routes")).toEqual([false]);
  expect(enabled([http01], "ingress-routes")).toEqual([true]);
  expect(enabled([http01], "http-routes")).toEqual([false]);
});

function valuesOf(
  ingress: Partial<Ingress>,
  routes: readonly Route[] = [],
  reads: "ingress-routes" | "http-routes" = "ingress-routes",
) {
  return traefikChart(clusterOf(routes), { ...plainIngress, ...ingress }, reads).values;
}

function leadingTo(one: ReturnType<typeof backend>): Route {
  return route(["a.com"], [{ ...prefix("/"), action: { kind: "forward", backends: [one] } }]);
}

/** unknownKeys that the defaults lack; an empty map among them takes any, and so does the Service's spec. */
function unknownKeys(values: unknown, defaults: unknown, path = ""): readonly string[] {
  const [ours, theirs] = [map.safeParse(values), map.safeParse(defaults)];
  if (!ours.success || !theirs.success || Object.keys(theirs.data).length === 0) return [];
  if (path === ".service.spec") return [];
  return Object.entries(ours.data).flatMap(([key, value]) =>
    key in theirs.data ? unknownKeys(value, theirs.data[key], `${path}.${key}`) : [`${path}.${key}`],
  );
}

/** coalesced as Helm does: maps are merged, null takes a default away. */
function coalesced(defaults: unknown, values: unknown): unknown {
  const [theirs, ours] = [map.safeParse(defaults), map.safeParse(values)];
  if (!theirs.success || !ours.success) return values;
  const merged = Object.entries(ours.data).map(([key, value]) => [key, coalesced(theirs.data[key], value)]);
  const all: Readonly<Record<string, unknown>> = { ...theirs.data, ...Object.fromEntries(merged) };
  return Object.fromEntries(Object.entries(all).filter(([key]) => ours.data[key] !== null));
}

const map = z.record(z.string(), z.unknown());
