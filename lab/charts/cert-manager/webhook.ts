import type { JsonObject, KubernetesObjectLike } from "../../kubernetes/contract";
import { someOf } from "../names";
import { deployment, disruptionBudget, labelsOf, metricsPort, type Part, partName, service } from "./part";

/** webhook judges certificates and issuers before the API takes them. */
export function webhook(part: Part): KubernetesObjectLike[] {
  const { webhook: own, prometheus } = part.values;
  const health = (path: string): JsonObject => ({
    httpGet: { path, port: "healthcheck", scheme: "HTTP" },
  });
  return [
    ...disruptionBudget(part),
    ...service(part, [
      { name: "https", port: 443, protocol: "TCP", targetPort: "https" },
      ...(prometheus.enabled
        ? [{ name: "metrics", port: 9402, protocol: "TCP", targetPort: "http-metrics" }]
        : []),
    ]),
    deployment(
      part,
      {
        args: containerArguments(part),
        ports: [
          { name: "https", protocol: "TCP", containerPort: own.securePort },
          { name: "healthcheck", protocol: "TCP", containerPort: 6080 },
          ...(prometheus.enabled ? [metricsPort] : []),
        ],
        livenessProbe: { ...health("/livez"), ...own.livenessProbe },
        readinessProbe: { ...health("/healthz"), ...own.readinessProbe },
      },
      own.hostNetwork ? { hostNetwork: true, dnsPolicy: "ClusterFirstWithHostNet" } : {},
    ),
    configuration(part, "MutatingWebhookConfiguration", {
      namespaceSelector: someOf(own.mutatingWebhookConfiguration.namespaceSelector),
      rules: [
        {
          apiGroups: ["cert-manager.io"],
          apiVersions: ["v1"],
          operations: ["CREATE"],
          resources: ["certificaterequests"],
        },
      ],
    }),
    configuration(part, "ValidatingWebhookConfiguration", {
      namespaceSelector: someOf(own.validatingWebhookConfiguration.namespaceSelector),
      rules: [
        {
          apiGroups: ["cert-manager.io", "acme.cert-manager.io"],
          apiVersions: ["v1"],
          operations: ["CREATE", "UPDATE"],
          resources: ["*/*"],
        },
      ],
    }),
  ];
}

function containerArguments({ values, release }: Part): string[] {
  const name = partName({ release, component: "webhook" });
  const { securePort, featureGates, extraArgs } = values.webhook;
  return [
    `--v=${values.global.logLevel}`,
    `--secure-port=${securePort}`,
    ...(featureGates === "" ? [] : [`--feature-gates=${featureGates}`]),
    "--dynamic-serving-ca-secret-namespace=$(POD_NAMESPACE)",
    `--dynamic-serving-ca-secret-name=${name}-ca`,
    `--dynamic-serving-dns-names=${name}`,
    `--dynamic-serving-dns-names=${name}.$(POD_NAMESPACE)`,
    `--dynamic-serving-dns-names=${name}.$(POD_NAMESPACE).svc`,
    ...extraArgs,
    ...(values.prometheus.enabled ? [] : ["--metrics-listen-address=0"]),
  ];
}

function configuration(part: Part, kind: string, judged: JsonObject): KubernetesObjectLike {
  const { namespace } = part.release;
  const name = partName(part);
  return {
    apiVersion: "admissionregistration.k8s.io/v1",
    kind,
    metadata: {
      name,
      labels: labelsOf(part),
      annotations: { "cert-manager.io/inject-ca-from-secret": `${namespace}/${name}-ca` },
    },
    webhooks: [
      {
        name: "webhook.cert-manager.io",
        ...judged,
        admissionReviewVersions: ["v1"],
        matchPolicy: "Equivalent",
        timeoutSeconds: part.values.webhook.timeoutSeconds,
        failurePolicy: "Fail",
        sideEffects: "None",
        clientConfig: {
          service: {
            name,
            namespace,
            path: kind === "MutatingWebhookConfiguration" ? "/mutate" : "/validate",
          },
        },
      },
    ],
  };
}
