import { z } from "zod";
import type { ChartRenderer } from "./chart";
import { readValues } from "./read-values";

const version = "1.6.101";

/** gatewayApiCrds, standard channel. The admission policy that the chart adds to them is left out. */
export const gatewayApiCrds: ChartRenderer = {
  repository: "https://rke2-charts.rancher.io",
  chart: "rke2-gateway-api-crd",
  version,
  appVersion: "v1.6.1",
  render(given, _release, crds) {
    readValues(`rke2-gateway-api-crd ${version}`, schema, { gatewayAPIExperimental: false }, given);
    return { crds: [], objects: crds.of("gateway-api") };
  },
};

const schema = z.strictObject({ gatewayAPIExperimental: z.literal(false) });
