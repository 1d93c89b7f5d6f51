import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import Ajv, { type AnySchema } from "ajv";
import { parse } from "yaml";
import type { Cluster } from "../../../config/model";
import type { Issuer } from "../../../config/model/certificates";
import type { Chart } from "../../../kubernetes/chart";
import { certManager } from "../../../kubernetes/charts/cert-manager";
import { metalLb } from "../../../kubernetes/charts/metallb";
import { referenceData } from "../../reference-data";
import { clusterOf, ipv4, plainIngress } from "../ingress/istio-and-nginx";
import { skipped } from "../../skipped";

const acme = { kind: "acme" as const, server: "https://acme.test/directory", email: "ops@test.com" };
const dns01: Issuer = {
  name: "dns",
  authority: {
    ...acme,
    challenge: { kind: "dns01", zones: [], provider: { kind: "cloudflare", secret: "dns", key: "token" } },
  },
};
const http01: Issuer = { name: "web", authority: { ...acme, challenge: { kind: "http01" } } };
const dns = { forward: [], hosts: {}, rewrites: {}, zones: {}, wildcards: {}, reverse: [] };
const address = ipv4("192.168.0.240");

function cluster(changes: Partial<Cluster>): Cluster {
  const base = clusterOf([]);
  return { ...base, network: { ...base.network, dns: [ipv4("192.168.0.1")] }, ...changes };
}

const gateway = cluster({
  issuers: [http01, dns01],
  dns: { ...dns, wildcards: { "test.com": address } },
  ingress: { ...plainIngress, engine: "gateway-api/traefik" },
});

test("MetalLB runs without BGP, on every node, and refuses no order in which pools change", () => {
  expect(metalLb.values).toEqual({
    controller: { webhookMode: "disabled" },
    crds: { validationFailurePolicy: "Ignore" },
    frrk8s: { enabled: false },
    speaker: { frr: { enabled: false }, tolerations: [{ operator: "Exists" }] },
  });
  expect(metalLb.namespace).toEqual({ name: "metallb-system", podSecurity: "privileged" });
});

test("cert-manager brings its kinds and nothing else that was not asked for", () => {
  expect(certManager(cluster({ issuers: [http01] })).values).toEqual({ crds: { enabled: true } });
});

test("both charts wait: what they bring is used by the next stack", () => {
  expect([metalLb.wait, certManager(gateway).wait]).toEqual([true, true]);
});

describe("cert-manager asks resolvers outside whether a dns01 record is out", () => {
  const asked = (changes: Partial<Cluster>): unknown =>
    certManager(cluster(changes)).values["dns01RecursiveNameservers"];

  test("where the cluster's own DNS answers for hosts or wildcards itself", () => {
    expect(asked({ issuers: [dns01], dns: { ...dns, hosts: { "test.com": address } } })).toBe(
      "192.168.0.1:53",
    );
    expect(asked({ issuers: [dns01], dns: { ...dns, wildcards: { "test.com": address } } })).toBe(
      "192.168.0.1:53",
    );
    const forward = [ipv4("9.9.9.9"), ipv4("1.1.1.1")];
    expect(asked({ issuers: [dns01], dns: { ...dns, forward, hosts: { "a.com": address } } })).toBe(
      "9.9.9.9:53,1.1.1.1:53",
    );
  });

  test("and nowhere else", () => {
    expect(asked({ issuers: [dns01] })).toBeUndefined();
    expect(asked({ issuers: [dns01], dns })).toBeUndefined();
    expect(asked({ issuers: [http01], dns: { ...dns, hosts: { "test.com": address } } })).toBeUndefined();
  });
});

test("cert-manager knows Gateways where a challenge comes in by one", () => {
  expect(certManager(gateway).values["config"]).toEqual({ gatewayAPI: { enabled: true } });
  expect(certManager({ ...gateway, issuers: [dns01] }).values["config"]).toBeUndefined();
});

/** Each chart's values as it is installed, and the file of its published schema. */
const published: readonly (readonly [string, Chart])[] = [
  ["metallb-0.16.1", metalLb],
  ["cert-manager-1.21.1", certManager(gateway)],
  ["cert-manager-1.21.1", certManager(cluster({ issuers: [dns01] }))],
];

if (existsSync(join(referenceData, "charts"))) {
  test.each(published)("the chart's own schema accepts the values: %s", (release, { values }) => {
    const schema: AnySchema = JSON.parse(reference(`${release}.values.schema.json`));
    // The schema of MetalLB names its draft by https, which is no draft that Ajv knows.
    const ajv = new Ajv({ strict: false, validateFormats: false, validateSchema: false, allErrors: true });
    const validate = ajv.compile(schema);
    const defaults: unknown = parse(reference(`${release}.values.yaml`));
    expect([validate(coalesced(defaults, values)), validate.errors]).toEqual([true, null]);
    expect(validate(coalesced(defaults, { crds: { enabled: "perhaps" } }))).toBe(false);
  });
} else {
  const missing = `no reference data at ${referenceData}: set SLIPWAY_REFERENCE_DATA`;
  skipped("values are held against their charts' own schemas", missing);
}

function reference(file: string): string {
  return readFileSync(join(referenceData, "charts", file), "utf8");
}

/** coalesced as Helm does before it asks the schema: maps key by key, everything else from the later. */
function coalesced(defaults: unknown, values: unknown): unknown {
  if (!isMap(defaults) || !isMap(values)) return values;
  const merged = Object.entries(values).map(([key, value]) => [key, coalesced(defaults[key], value)]);
  return { ...defaults, ...Object.fromEntries(merged) };
}

function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
