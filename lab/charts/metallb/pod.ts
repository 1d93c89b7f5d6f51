import type { JsonObject } from "../../kubernetes/contract";
import type { Release } from "../chart";
import { someOf } from "../names";
import { appVersion, componentOf, selectorLabels } from "./labels";
import type { Component, MetallbValues } from "./values";

/** podLabels, which the component's workload also selects by, but for the labels that were asked for. */
export function podLabels(release: Release, component: "controller" | "speaker"): Record<string, string> {
  return { ...selectorLabels(release), ...componentOf(component) };
}

export function podAnnotations({ prometheus }: MetallbValues, own: Component): JsonObject | undefined {
  return someOf({
    ...(prometheus.scrapeAnnotations && {
      "prometheus.io/scrape": "true",
      "prometheus.io/scheme": "https",
      "prometheus.io/port": String(prometheus.metricsPort),
    }),
    ...own.podAnnotations,
  });
}

/** placement, where its pods may run. */
export function placement(own: Component, tolerations: Component["tolerations"]): JsonObject {
  return {
    nodeSelector: { "kubernetes.io/os": "linux", ...own.nodeSelector },
    affinity: someOf(own.affinity),
    tolerations: someOf(tolerations),
    priorityClassName: own.priorityClassName || undefined,
  };
}

/** containerBasics, what both of MetalLB's containers have. */
export function containerBasics(own: Component): JsonObject {
  return {
    image: `${own.image.repository}:${own.image.tag ?? appVersion}`,
    imagePullPolicy: own.image.pullPolicy ?? undefined,
    resources: someOf(own.resources),
  };
}

export function flags({ prometheus, loadBalancerClass }: MetallbValues, own: Component): string[] {
  return [
    `--port=${prometheus.metricsPort}`,
    `--log-level=${own.logLevel}`,
    ...(loadBalancerClass === "" ? [] : [`--lb-class=${loadBalancerClass}`]),
  ];
}

export function probe(
  path: string,
  settings: Component["livenessProbe"],
  host?: string,
): JsonObject | undefined {
  const { enabled, port, ...times } = settings;
  return enabled ? { httpGet: { path, port, host }, ...times } : undefined;
}

export function fromField(name: string, fieldPath: string): JsonObject {
  return { name, valueFrom: { fieldRef: { fieldPath } } };
}
