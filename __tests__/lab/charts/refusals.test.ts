import { ChartRefusal, findChart } from "../../../lab/charts";
import type { Json } from "../../../lab/kubernetes/contract";
import { rendered } from "./rendered";

describe("a rendering", () => {
  it.each<[chart: string, values: Json, complaint: string]>([
    ["traefik", { replicas: 2 }, "values.replicas: no such value is known"],
    ["traefik", { deployment: { replica: 2 } }, "values.deployment.replica: no such value is known"],
    [
      "traefik",
      { ports: { web: { forwardedHeaders: { trustedIps: [] } } } },
      "values.ports.web.forwardedHeaders.trustedIps: no such value is known",
    ],
    [
      "traefik",
      { service: { spec: { externalTraficPolicy: "Local" } } },
      "values.service.spec.externalTraficPolicy: no such value is known",
    ],
    [
      "traefik",
      { service: { spec: { externalTrafficPolicy: "local" } } },
      "values.service.spec.externalTrafficPolicy: ",
    ],
    [
      "traefik",
      { tolerations: [{ operater: "Exists" }] },
      "values.tolerations.0.operater: no such value is known",
    ],
    [
      "traefik",
      { providers: { kubernetesCrd: {} } },
      "values.providers.kubernetesCrd: no such value is known",
    ],
    ["traefik", { somewhere: null }, "values.somewhere: no such value is known"],
    ["metallb", { frrk8s: { enabled: true } }, "values.frrk8s.enabled: the lab renders no frr-k8s"],
    ["metallb", {}, "values.frrk8s.enabled: the lab renders no frr-k8s"],
    ["metallb", { controller: { webhookMode: "off" } }, "values.controller.webhookMode: "],
    ["cert-manager", { installCRDs: true }, "values.installCRDs: no such value is known"],
    [
      "cert-manager",
      { config: { gatewayAPI: { enable: true } } },
      "values.config.gatewayAPI.enable: no such value is known",
    ],
    ["gateway", { service: { port: [] } }, "values.service.port: no such value is known"],
    ["istiod", { pilot: { replicaCount: 2 } }, "values.pilot: no such value is known"],
    [
      "istiod",
      { meshConfig: { accesLogFile: "/dev/stdout" } },
      "values.meshConfig.accesLogFile: no such value is known",
    ],
    ["base", { defaultRevison: "" }, "values.defaultRevison: no such value is known"],
    ["ingress-nginx", { controller: { replicas: 2 } }, "values.controller.replicas: no such value is known"],
    ["rke2-gateway-api-crd", { experimental: true }, "values.experimental: no such value is known"],
  ])("refuses what %s does not take: %j", (chart, values, complaint) => {
    expect(() => rendered(chart, values)).toThrow(ChartRefusal);
    expect(() => rendered(chart, values)).toThrow(
      `The lab's rendering of ${chart === "base" || chart === "gateway" ? `istio ${chart}` : chart} `,
    );
    expect(() => rendered(chart, values)).toThrow(complaint);
  });

  it("refuses every wrong value at once", () => {
    const wrong = { deployment: { replica: 2 }, service: { annotation: {} } };

    expect(() => rendered("traefik", wrong)).toThrow(/deployment\.replica(.|\n)*service\.annotation/);
  });

  it("refuses what the published chart refuses, in its words", () => {
    const redirect = (to: string) => ({ ports: { web: { http: { redirections: { entryPoint: { to } } } } } });

    expect(() => rendered("traefik", redirect("secure"))).toThrow(
      "ERROR: Cannot redirect web to secure: entryPoint not found",
    );
    expect(() =>
      rendered("traefik", {
        providers: { kubernetesGateway: { enabled: true } },
        gateway: { listeners: { web: { port: 80 } } },
      }),
    ).toThrow("ERROR: port 80 is not declared in ports");
  });

  it("refuses a chart that the lab does not have, with the list of those that it has", () => {
    const newer = { repository: "https://traefik.github.io/charts", chart: "traefik", version: "42.0.0" };

    expect(() => findChart(newer)).toThrow(
      "The lab has no rendering of chart traefik 42.0.0 from https://traefik.github.io/charts. It has:",
    );
    expect(() => findChart(newer)).toThrow("  traefik 41.3.0 from https://traefik.github.io/charts");
    expect(() => findChart({ ...newer, version: "41.3.0", repository: "https://elsewhere" })).toThrow(
      "The lab has no rendering",
    );
  });
});
