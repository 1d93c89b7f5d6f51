import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import type { Ingress } from "../../../config/model/ingress";
import type { Route } from "../../../config/model/routes";
import type { Json } from "../../../kubernetes/object";
import { ingressNginxCharts } from "../../../kubernetes/charts/ingress-nginx";
import { referenceData } from "../../reference-data";
import { backend, clusterOf, ipv4, network, plainIngress, route } from "../ingress/istio-and-nginx";
import { skipped } from "../../skipped";

const defaults = join(referenceData, "charts/ingress-nginx-4.15.1.values.yaml");
const noDefaults = existsSync(defaults) ? undefined : `no ${defaults}: set SLIPWAY_REFERENCE_DATA`;

const unopened: Route = { ...route(["a.com"], []), passthrough: backend("tls") };

const claim = "every value is one that the chart knows";
if (noDefaults === undefined)
  test(claim, () => {
    const text = readFileSync(defaults, "utf8").replace("# maxUnavailable: 1", "maxUnavailable: 1");
    expect(unknownKeys(valuesOf({}, [unopened]), parse(text))).toEqual([]);
  });
else skipped(claim, noDefaults);

test("the Service asks MetalLB for the ingress' address and keeps visitors' own; nobody waits for it", () => {
  expect(controllerOf({})["service"]).toEqual({
    annotations: {
      "metallb.io/loadBalancerIPs": "192.168.0.240",
    },
    externalTrafficPolicy: "Local",
  });
  expect(ingressNginxCharts(clusterOf([]), plainIngress).map(({ wait }) => wait)).toEqual([false]);
});

test("what nobody asked for is off: retries, timeouts, a largest body, HSTS, a redirect", () => {
  expect(controllerOf({})["config"]).toMatchObject({
    "proxy-next-upstream": "off",
    "proxy-read-timeout": "86400",
    "proxy-send-timeout": "86400",
    "proxy-body-size": "0",
    hsts: "false",
    "ssl-redirect": "false",
  });
});

test("only the named proxies are believed about a visitor's address", () => {
  const trusting = { trusts: [ipv4("192.168.0.100")], proxyProtocol: [network("192.168.0.96/29")] };
  expect(controllerOf(trusting)["config"]).toMatchObject({
    "use-forwarded-headers": "true",
    "use-proxy-protocol": "true",
    "proxy-real-ip-cidr": "192.168.0.100/32,192.168.0.96/29",
  });
  expect(JSON.stringify(controllerOf({})["config"])).not.toMatch(/forwarded|use-proxy|real-ip/);
});

test("access logs are JSON lines with the request's id and its trace, or none", () => {
  const line = /"log-format-upstream":"((?:[^"\\]|\\.)*)"/.exec(JSON.stringify(controllerOf({})))?.[1] ?? "";
  expect(JSON.parse(String(JSON.parse(`"${line}"`)))).toMatchObject({
    request_id: "$req_id",
    traceparent: "$http_traceparent",
  });
  expect(controllerOf({ accessLogs: false })["config"]).toMatchObject({ "disable-access-log": "true" });
});

test("TLS is passed through only where a route asks for it: it costs every connection a hop", () => {
  expect(controllerOf({})).not.toHaveProperty("extraArgs");
  expect(valuesOf({}, [unopened])).toHaveProperty(
    ["controller", "extraArgs", "enable-ssl-passthrough"],
    "true",
  );
});

function valuesOf(ingress: Partial<Ingress>, routes: readonly Route[] = []): Readonly<Record<string, Json>> {
  const [chart] = ingressNginxCharts(clusterOf(routes), { ...plainIngress, ...ingress });
  return chart?.values ?? {};
}

function controllerOf(ingress: Partial<Ingress>): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(valuesOf(ingress)["controller"] ?? {}));
}

/** unknownKeys of values, by their way; an empty map in the defaults takes any key. */
function unknownKeys(values: unknown, known: unknown, way = ""): readonly string[] {
  if (!isMap(values) || !isMap(known) || Object.keys(known).length === 0) return [];
  return Object.entries(values).flatMap(([key, value]) =>
    key in known ? unknownKeys(value, known[key], `${way}.${key}`) : [`${way}.${key}`],
  );
}

function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
