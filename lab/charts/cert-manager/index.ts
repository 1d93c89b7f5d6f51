import type { KubernetesObjectLike } from "../../kubernetes/contract";
import type { ChartRenderer } from "../chart";
import { readValues } from "../read-values";
import { access } from "./access";
import { controller } from "./controller";
import { chartLabels, deployment, disruptionBudget, metricsPort, type Part, service, version } from "./part";
import { type CertManagerValues, defaults, values as schema } from "./values";
import { webhook } from "./webhook";

export const certManager: ChartRenderer = {
  repository: "oci://quay.io/jetstack/charts",
  chart: "cert-manager",
  version,
  appVersion: version,
  render(given, release, crds) {
    const values = readValues(`cert-manager ${version}`, schema, defaults, given);
    const parts: Record<Part["component"], Part> = {
      controller: { values, release, component: "controller", own: values },
      webhook: { values, release, component: "webhook", own: values.webhook },
      cainjector: { values, release, component: "cainjector", own: values.cainjector },
    };
    const injects = values.cainjector.enabled;
    return {
      crds: [],
      objects: [
        ...(values.crds.enabled
          ? crds.of("cert-manager").map((crd) => owned(crd, values, release.name))
          : []),
        ...access(parts.controller),
        ...access(parts.webhook),
        ...(injects ? access(parts.cainjector) : []),
        ...controller(parts.controller),
        ...webhook(parts.webhook),
        ...(injects ? injector(parts.cainjector) : []),
      ],
    };
  },
};

/** owned, and kept when the release goes: with a custom resource go all its objects. */
function owned(crd: KubernetesObjectLike, values: CertManagerValues, instance: string): KubernetesObjectLike {
  return {
    ...crd,
    metadata: {
      ...crd.metadata,
      labels: {
        app: "cert-manager",
        "app.kubernetes.io/name": "cert-manager",
        "app.kubernetes.io/instance": instance,
        "app.kubernetes.io/component": "crds",
        ...chartLabels(values),
      },
      ...(values.crds.keep && { annotations: { "helm.sh/resource-policy": "keep" } }),
    },
  };
}

/** injector writes the authority of each webhook into its registration. */
function injector(part: Part): KubernetesObjectLike[] {
  const { values } = part;
  const { featureGates, extraArgs } = values.cainjector;
  const metrics = values.prometheus.enabled;
  return [
    ...disruptionBudget(part),
    ...service(part, metrics ? [{ protocol: "TCP", port: 9402, name: "http-metrics" }] : []),
    deployment(part, {
      args: [
        `--v=${values.global.logLevel}`,
        `--leader-election-namespace=${values.global.leaderElection.namespace}`,
        ...(featureGates === "" ? [] : [`--feature-gates=${featureGates}`]),
        ...extraArgs,
        ...(metrics ? [] : ["--metrics-listen-address=0"]),
      ],
      ports: metrics ? [metricsPort] : undefined,
    }),
  ];
}
