import type { Json } from "../../../lab/kubernetes/contract";
import { expectGolden } from "../../golden-file";
import { argumentsOf, find, rendered } from "./rendered";

const edge = "192.168.0.100/32";

const workloads: readonly {
  file: string;
  chart: string;
  values: Json;
  workload: readonly [kind: string, name: string];
}[] = [
  { file: "traefik-as-published", chart: "traefik", values: {}, workload: ["Deployment", "traefik"] },
  {
    file: "traefik-behind-an-edge",
    chart: "traefik",
    values: {
      global: { checkNewVersion: false },
      ports: {
        web: {
          http: { redirections: { entryPoint: { to: "websecure", scheme: "https", permanent: true } } },
          forwardedHeaders: { trustedIPs: [edge] },
          proxyProtocol: { trustedIPs: ["10.0.0.0/8"] },
          transport: {
            lifeCycle: { requestAcceptGraceTimeout: 10, graceTimeOut: "30s" },
            respondingTimeouts: { readTimeout: 0, idleTimeout: "180s" },
          },
        },
        websecure: { asDefault: true, forwardedHeaders: { trustedIPs: [edge, "192.168.0.101/32"] } },
      },
      providers: {
        kubernetesCRD: { allowExternalNameServices: true, ingressClass: "edge" },
        kubernetesIngress: { enabled: false },
        kubernetesGateway: { enabled: true },
      },
      accessLog: {
        enabled: true,
        format: "json",
        fields: { headers: { names: { "X-Request-Id": "keep", Traceparent: "keep" } } },
      },
      metrics: { prometheus: { addRoutersLabels: true } },
      tracing: {
        sampleRate: 0.1,
        otlp: { enabled: true, http: { enabled: true, endpoint: "http://c:4318" } },
      },
      log: { level: "warn", format: "json" },
      additionalArguments: ["--experimental.plugins.a=b"],
    },
    workload: ["Deployment", "traefik"],
  },
  {
    file: "metallb-controller",
    chart: "metallb",
    values: { frrk8s: { enabled: false }, loadBalancerClass: "metallb", controller: { logLevel: "warn" } },
    workload: ["Deployment", "metallb-controller"],
  },
  {
    file: "metallb-controller-without-webhook",
    chart: "metallb",
    values: { frrk8s: { enabled: false }, controller: { webhookMode: "disabled" } },
    workload: ["Deployment", "metallb-controller"],
  },
  {
    file: "metallb-speaker",
    chart: "metallb",
    values: { frrk8s: { enabled: false }, speaker: { ignoreExcludeLB: true } },
    workload: ["DaemonSet", "metallb-speaker"],
  },
  {
    file: "ingress-nginx",
    chart: "ingress-nginx",
    values: { controller: { extraArgs: { "enable-ssl-passthrough": "true" }, metrics: { enabled: true } } },
    workload: ["Deployment", "ingress-nginx-controller"],
  },
  {
    file: "cert-manager",
    chart: "cert-manager",
    values: {
      config: { gatewayAPI: { enabled: true } },
      dns01RecursiveNameservers: "192.168.0.1:53",
      dns01RecursiveNameserversOnly: true,
    },
    workload: ["Deployment", "cert-manager"],
  },
  { file: "istiod", chart: "istiod", values: {}, workload: ["Deployment", "istiod"] },
];

describe("the arguments of a rendered container", () => {
  it.each(workloads)("are those of the published chart: $file", ({ file, chart, values, workload }) => {
    const args = argumentsOf(find(rendered(chart, values), ...workload));

    expect(args.length).toBeGreaterThan(0);
    expectGolden(`lab/charts/${file}.txt`, `${args.join("\n")}\n`);
  });
});
