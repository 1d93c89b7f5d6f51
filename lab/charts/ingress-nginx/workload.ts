import type { JsonObject, KubernetesObjectLike } from "../../kubernetes/contract";
import type { Release } from "../chart";
import { fullname, someOf } from "../names";
import { controllerName, labelsOf, selectorLabels } from "./labels";
import type { Controller, NginxValues } from "./values";

/** workload, the Deployment or DaemonSet that runs nginx. */
export function workload(values: NginxValues, release: Release): KubernetesObjectLike {
  const { controller } = values;
  const strategy = someOf(controller.updateStrategy);
  const labels = { ...labelsOf(values, release), ...controller.labels };
  return {
    apiVersion: "apps/v1",
    kind: controller.kind,
    metadata: {
      name: controllerName(release),
      namespace: release.namespace,
      labels,
      annotations: controller.annotations,
    },
    spec: {
      selector: { matchLabels: selectorLabels(release) },
      ...(controller.kind === "Deployment"
        ? { replicas: controller.replicaCount, strategy }
        : { updateStrategy: strategy }),
      revisionHistoryLimit: values.revisionHistoryLimit,
      minReadySeconds: controller.minReadySeconds,
      template: {
        metadata: {
          annotations: someOf(controller.podAnnotations),
          labels: { ...labels, ...controller.podLabels },
        },
        spec: {
          dnsPolicy: "ClusterFirst",
          priorityClassName: controller.priorityClassName || undefined,
          securityContext: someOf(controller.podSecurityContext),
          containers: [container(controller, release)],
          nodeSelector: someOf(controller.nodeSelector),
          tolerations: someOf(controller.tolerations),
          affinity: someOf(controller.affinity),
          topologySpreadConstraints: someOf(controller.topologySpreadConstraints),
          serviceAccountName: fullname(release, "ingress-nginx"),
          automountServiceAccountToken: true,
          terminationGracePeriodSeconds: controller.terminationGracePeriodSeconds,
          volumes: controller.admissionWebhooks.enabled
            ? [
                {
                  name: "webhook-cert",
                  secret: { secretName: `${fullname(release, "ingress-nginx")}-admission` },
                },
              ]
            : undefined,
        },
      },
    },
  };
}

function container(controller: Controller, release: Release): JsonObject {
  const { image, metrics, admissionWebhooks } = controller;
  const port = (name: string, containerPort: number): JsonObject => ({
    name,
    containerPort,
    protocol: "TCP",
  });
  const digest = image.digest === "" ? "" : `@${image.digest}`;
  return {
    name: "controller",
    image: `registry.k8s.io/ingress-nginx/controller:${image.tag}${digest}`,
    imagePullPolicy: image.pullPolicy,
    lifecycle: someOf(controller.lifecycle),
    args: containerArguments(controller, release),
    securityContext: someOf(controller.containerSecurityContext) ?? {
      runAsNonRoot: true,
      runAsUser: 101,
      runAsGroup: 82,
      allowPrivilegeEscalation: false,
      seccompProfile: { type: "RuntimeDefault" },
      capabilities: { drop: ["ALL"], add: ["NET_BIND_SERVICE"] },
      readOnlyRootFilesystem: false,
    },
    env: [
      { name: "POD_NAME", valueFrom: { fieldRef: { fieldPath: "metadata.name" } } },
      { name: "POD_NAMESPACE", valueFrom: { fieldRef: { fieldPath: "metadata.namespace" } } },
      { name: "LD_PRELOAD", value: "/usr/local/lib/libmimalloc.so" },
    ],
    livenessProbe: controller.livenessProbe,
    readinessProbe: controller.readinessProbe,
    ports: [
      port("http", 80),
      port("https", 443),
      ...(metrics.enabled ? [port("metrics", metrics.port)] : []),
      ...(admissionWebhooks.enabled ? [port("webhook", admissionWebhooks.port)] : []),
    ],
    volumeMounts: admissionWebhooks.enabled
      ? [{ name: "webhook-cert", mountPath: "/usr/local/certificates/", readOnly: true }]
      : undefined,
    resources: someOf(controller.resources),
  };
}

/** containerArguments in the order of the chart. Source: helm-chart-4.15.1, templates/_params.tpl */
function containerArguments(controller: Controller, release: Release): string[] {
  const { admissionWebhooks: webhook, extraArgs } = controller;
  const publishes = controller.publishService.enabled && controller.service.enabled;
  return [
    "/nginx-ingress-controller",
    ...(controller.enableAnnotationValidations ? [] : ["--enable-annotation-validation=false"]),
    ...(publishes ? [`--publish-service=$(POD_NAMESPACE)/${controllerName(release)}`] : []),
    `--election-id=${controller.electionID || `${fullname(release, "ingress-nginx")}-leader`}`,
    `--controller-class=${controller.ingressClassResource.controllerValue}`,
    ...(controller.ingressClass === "" ? [] : [`--ingress-class=${controller.ingressClass}`]),
    `--configmap=$(POD_NAMESPACE)/${controllerName(release)}`,
    ...(webhook.enabled
      ? [
          `--validating-webhook=:${webhook.port}`,
          "--validating-webhook-certificate=/usr/local/certificates/cert",
          "--validating-webhook-key=/usr/local/certificates/key",
        ]
      : []),
    ...(controller.ingressClassByName ? ["--ingress-class-by-name=true"] : []),
    ...(controller.watchIngressWithoutClass ? ["--watch-ingress-without-class=true"] : []),
    ...(controller.metrics.enabled ? ["--enable-metrics=true"] : []),
    ...Object.keys(extraArgs)
      .sort()
      .map((key) => (extraArgs[key] === "" ? `--${key}` : `--${key}=${String(extraArgs[key])}`)),
  ];
}
