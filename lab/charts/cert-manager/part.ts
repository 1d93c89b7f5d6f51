import type { JsonObject, KubernetesObjectLike } from "../../kubernetes/contract";
import type { Release } from "../chart";
import { chartLabel, fullname, someOf } from "../names";
import type { CertManagerValues, Component } from "./values";

export const version = "v1.21.1";

/** Part is one of cert-manager's three programs in one release. */
export interface Part {
  readonly values: CertManagerValues;
  readonly release: Release;
  readonly component: "controller" | "webhook" | "cainjector";
  readonly own: Omit<Component, "enabled">;
}

export function partName({ release, component }: Pick<Part, "release" | "component">): string {
  const name = fullname(release, "cert-manager");
  return component === "controller" ? name : `${name}-${component}`;
}

export function selectorLabels({ release, component }: Part): Record<string, string> {
  return {
    "app.kubernetes.io/name": component === "controller" ? "cert-manager" : component,
    "app.kubernetes.io/instance": release.name,
    "app.kubernetes.io/component": component,
  };
}

export function labelsOf(part: Part): Record<string, string> {
  const selector = selectorLabels(part);
  return {
    app: part.component === "controller" ? "cert-manager" : part.component,
    ...selector,
    ...chartLabels(part.values),
  };
}

export function chartLabels({ global }: CertManagerValues): Record<string, string> {
  return {
    "app.kubernetes.io/version": version,
    "app.kubernetes.io/managed-by": "Helm",
    "helm.sh/chart": chartLabel("cert-manager", version),
    ...global.commonLabels,
  };
}

export function metadataOf(part: Part) {
  return { name: partName(part), namespace: part.release.namespace, labels: labelsOf(part) };
}

/** deployment of a part; what its container does besides, and the volumes of its pod, differ. */
export function deployment(part: Part, container: JsonObject, pod: JsonObject = {}): KubernetesObjectLike {
  const { values, own, component } = part;
  const labels = { ...labelsOf(part), ...own.podLabels };
  return {
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata: metadataOf(part),
    spec: {
      replicas: own.replicaCount,
      revisionHistoryLimit: values.global.revisionHistoryLimit,
      selector: { matchLabels: selectorLabels(part) },
      template: {
        metadata: { labels, annotations: podAnnotations(part) },
        spec: {
          serviceAccountName: partName(part),
          enableServiceLinks: false,
          priorityClassName: values.global.priorityClassName || undefined,
          securityContext: own.securityContext,
          containers: [
            {
              name: `cert-manager-${component}`,
              image: `quay.io/jetstack/cert-manager-${component}:${version}`,
              imagePullPolicy: "IfNotPresent",
              securityContext: own.containerSecurityContext,
              env: [
                { name: "POD_NAMESPACE", valueFrom: { fieldRef: { fieldPath: "metadata.namespace" } } },
                ...own.extraEnv,
              ],
              resources: someOf(own.resources),
              ...container,
            },
          ],
          nodeSelector: someOf(own.nodeSelector),
          affinity: someOf(own.affinity),
          tolerations: someOf(own.tolerations),
          topologySpreadConstraints: someOf(own.topologySpreadConstraints),
          ...pod,
        },
      },
    },
  };
}

function podAnnotations({ values, own }: Part): JsonObject {
  return {
    ...own.podAnnotations,
    ...(values.prometheus.enabled && {
      "prometheus.io/path": "/metrics",
      "prometheus.io/scrape": "true",
      "prometheus.io/port": "9402",
    }),
  };
}

/** disruptionBudget keeps one pod where nothing else is asked for. */
export function disruptionBudget(part: Part): KubernetesObjectLike[] {
  const { enabled, minAvailable, maxUnavailable, unhealthyPodEvictionPolicy } = part.own.podDisruptionBudget;
  if (!enabled) return [];
  return [
    {
      apiVersion: "policy/v1",
      kind: "PodDisruptionBudget",
      metadata: metadataOf(part),
      spec: {
        selector: { matchLabels: selectorLabels(part) },
        minAvailable: minAvailable ?? (maxUnavailable === undefined ? 1 : undefined),
        maxUnavailable,
        unhealthyPodEvictionPolicy,
      },
    },
  ];
}

/** metricsPort, where every part says how it does. */
export const metricsPort: JsonObject = { containerPort: 9402, name: "http-metrics", protocol: "TCP" };

/** service of a part; the webhook's has a port of its own besides. */
export function service(part: Part, ports: readonly JsonObject[]): KubernetesObjectLike[] {
  if (ports.length === 0) return [];
  return [
    {
      apiVersion: "v1",
      kind: "Service",
      metadata: metadataOf(part),
      spec: { type: "ClusterIP", ports, selector: selectorLabels(part) },
    },
  ];
}
