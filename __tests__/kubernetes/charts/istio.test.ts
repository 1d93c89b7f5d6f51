import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import Ajv from "ajv";
import type { Ingress } from "../../../config/model/ingress";
import { istioCharts, istioControlPlane } from "../../../kubernetes/charts/istio";
import type { Chart } from "../../../kubernetes/chart";
import { referenceData } from "../../reference-data";
import { clusterOf, ipv4, network, plainIngress } from "../ingress/istio-and-nginx";
import { skipped } from "../../skipped";

const schema = join(referenceData, "charts/istio-gateway.values.schema.json");
const noSchema = existsSync(schema) ? undefined : `no ${schema}: set SLIPWAY_REFERENCE_DATA`;

const behindProxies: Partial<Ingress> = {
  trusts: [ipv4("192.168.0.100")],
  proxyProtocol: [network("192.168.0.96/29")],
  accessLogs: false,
  metrics: false,
};

if (noSchema === undefined)
  test.each([
    ["alone", {}],
    ["behind proxies", behindProxies],
  ])("the gateway's values %s pass its chart's own schema", (_name, ingress) => {
    const validate = new Ajv({ strict: false }).compile(JSON.parse(readFileSync(schema, "utf8")));
    validate(chartOf("istio-ingress", ingress).values);
    expect(validate.errors).toBeNull();
  });
else skipped("the gateway's values pass its chart's own schema", noSchema);

test("the kinds come before istiod, and istiod, which fills in the gateway's pods, before the gateway", () => {
  expect(istioCharts(clusterOf([]), plainIngress).map(({ release, wait }) => [release, wait])).toEqual([
    ["istio-base", true],
    ["istiod", true],
    ["istio-ingress", false],
  ]);
  expect(istioControlPlane(plainIngress).map(({ release }) => release)).toEqual(["istio-base", "istiod"]);
});

test("the Service asks MetalLB for the ingress' address and keeps visitors' own", () => {
  expect(chartOf("istio-ingress").values["service"]).toEqual({
    annotations: {
      "metallb.io/loadBalancerIPs": "192.168.0.240",
    },
    externalTrafficPolicy: "Local",
  });
});

test("what nobody asked for is off: retries, and staying in one zone", () => {
  expect(chartOf("istiod").values["meshConfig"]).toMatchObject({
    defaultHttpRetryPolicy: { attempts: 0 },
    localityLbSetting: { enabled: false },
  });
});

test("access logs are JSON lines with the request's id and its trace, or none", () => {
  const meshConfig = JSON.stringify(chartOf("istiod").values["meshConfig"]);
  expect(meshConfig).toContain("%REQ(X-REQUEST-ID)%");
  expect(meshConfig).toContain("%REQ(TRACEPARENT)%");
  expect(chartOf("istiod", { accessLogs: false }).values["meshConfig"]).toMatchObject({ accessLogFile: "" });
});

test("one proxy in front is counted where something is trusted, in pods that change with it", () => {
  const topology = { gatewayTopology: { numTrustedProxies: 1, proxyProtocol: {} } };
  expect(chartOf("istio-ingress", behindProxies).values["podAnnotations"]).toEqual({
    "prometheus.io/scrape": "false",
    "proxy.istio.io/config": JSON.stringify(topology),
  });
  expect(chartOf("istiod", behindProxies).values["meshConfig"]).toMatchObject({ defaultConfig: topology });
  expect(JSON.stringify(istioCharts(clusterOf([]), plainIngress))).not.toContain("gatewayTopology");
});

function chartOf(release: string, ingress: Partial<Ingress> = {}): Chart {
  const charts = istioCharts(clusterOf([]), { ...plainIngress, ...ingress });
  const found = charts.find((chart) => chart.release === release);
  if (found === undefined) throw new Error(`no release ${release}`);
  return found;
}
