import type { JsonObject, KubernetesObjectLike } from "../../kubernetes/contract";
import type { Release } from "../chart";
import { fullname } from "../names";
import { componentOf, labelsOf } from "./labels";
import { containerBasics, flags, fromField, placement, podAnnotations, podLabels, probe } from "./pod";
import type { MetallbValues } from "./values";

/** controller gives Services their addresses; the lab starts a real one with these arguments. */
export function controller(values: MetallbValues, release: Release): KubernetesObjectLike {
  const own = values.controller;
  const name = `${fullname(release, "metallb")}-controller`;
  const labels = podLabels(release, "controller");
  return {
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata: {
      name,
      namespace: release.namespace,
      labels: { ...labelsOf(release), ...componentOf("controller"), ...own.labels },
    },
    spec: {
      strategy: own.strategy,
      selector: { matchLabels: labels },
      template: {
        metadata: { annotations: podAnnotations(values, own), labels: { ...labels, ...own.labels } },
        spec: {
          serviceAccountName: own.serviceAccount.name || name,
          terminationGracePeriodSeconds: 0,
          securityContext: own.securityContext,
          containers: [container(values, release)],
          ...placement(own, own.tolerations),
          volumes: [{ name: "cert", secret: { defaultMode: 420, secretName: "metallb-webhook-cert" } }],
        },
      },
    },
  };
}

function container(values: MetallbValues, release: Release): JsonObject {
  const own = values.controller;
  const webhook = { containerPort: 9443, name: "webhook-server", protocol: "TCP" };
  return {
    name: "controller",
    ...containerBasics(own),
    args: [...flags(values, own), `--webhook-mode=${own.webhookMode}`],
    env: [
      fromField("METALLB_POD_NAME", "metadata.name"),
      ...(values.speaker.memberlist.enabled
        ? [
            { name: "METALLB_ML_SECRET_NAME", value: `${fullname(release, "metallb")}-memberlist` },
            { name: "METALLB_DEPLOYMENT", value: `${fullname(release, "metallb")}-controller` },
          ]
        : []),
    ],
    ports: [
      { name: "metricshttps", containerPort: values.prometheus.metricsPort },
      ...(own.webhookMode === "disabled" ? [] : [webhook]),
    ],
    volumeMounts: [{ mountPath: "/tmp/k8s-webhook-server/serving-certs", name: "cert", readOnly: true }],
    livenessProbe: probe("/healthz", own.livenessProbe),
    readinessProbe: probe("/readyz", own.readinessProbe),
    securityContext: {
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ["ALL"] },
    },
  };
}
