import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import type { z } from "zod";
import { values as istiod } from "../../../lab/charts/istio/istiod-values";
import { values as certManager } from "../../../lab/charts/cert-manager/values";
import { values as ingressNginx } from "../../../lab/charts/ingress-nginx/values";
import { values as gateway } from "../../../lab/charts/istio/gateway-values";
import { values as metallb } from "../../../lab/charts/metallb/values";
import { values as traefik } from "../../../lab/charts/traefik/values";
import { referenceData } from "../../reference-data";
import { skipped } from "../../skipped";
import { isIn, isInSchema, knownPaths, openPaths } from "./known-values";

const folder = join(referenceData, "charts");

interface Published {
  readonly chart: string;
  readonly schema: z.ZodType;
  /** files of the chart, at least one of which has to name the value. */
  readonly files: readonly string[];
  /** unlisted, values that the chart's templates read and its files name in a comment at most. */
  readonly unlisted?: readonly string[];
}

const published: readonly Published[] = [
  {
    chart: "metallb",
    schema: metallb,
    files: ["metallb-0.16.1.values.yaml", "metallb-0.16.1.values.schema.json"],
  },
  {
    chart: "traefik",
    schema: traefik,
    files: ["traefik-41.3.0.values.yaml", "traefik-41.3.0.values.schema.json"],
  },
  {
    chart: "cert-manager",
    schema: certManager,
    files: ["cert-manager-1.21.1.values.yaml", "cert-manager-1.21.1.values.schema.json"],
  },
  {
    chart: "istio gateway",
    schema: gateway,
    files: ["istio-gateway.values.schema.json"],
    unlisted: ["service.loadBalancerClass", "service.allocateLoadBalancerNodePorts"],
  },
  {
    chart: "ingress-nginx",
    schema: ingressNginx,
    files: ["ingress-nginx-4.15.1.values.yaml"],
    unlisted: ["controller.maxUnavailable", "controller.admissionWebhooks.timeoutSeconds"],
  },
];

describe.each(published)("the lab's rendering of $chart", ({ schema, files, unlisted = [] }) => {
  const claim = "knows no value that the published chart does not have";
  if (!files.every((file) => existsSync(join(folder, file)))) {
    skipped(claim, "no reference data; SLIPWAY_REFERENCE_DATA names its folder");
    return;
  }

  it(claim, () => {
    const contents = files.map((file) => ({
      isSchema: file.endsWith(".json"),
      content: parse(readFileSync(join(folder, file), "utf8")),
    }));
    const isPublished = (path: string): boolean =>
      contents.some(({ isSchema, content }) => (isSchema ? isInSchema : isIn)(content, path.split(".")));
    const paths = knownPaths(schema);

    expect(paths.length).toBeGreaterThan(30);
    expect(paths.filter((path) => !isPublished(path) && !unlisted.includes(path))).toEqual([]);
  });
});

it.each([
  ["metallb", metallb],
  ["traefik", traefik],
  ["cert-manager", certManager],
  ["istio gateway", gateway],
  ["istiod", istiod],
  ["ingress-nginx", ingressNginx],
])("refuses an unknown key of %s at any depth", (_chart, schema) => {
  expect(openPaths(schema)).toEqual([]);
});
