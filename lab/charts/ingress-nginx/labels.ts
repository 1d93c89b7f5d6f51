import type { Release } from "../chart";
import { chartLabel, fullname } from "../names";
import type { NginxValues } from "./values";

export const version = "4.15.1";
export const appVersion = "1.15.1";

/** controllerName, of the Deployment, its Service and its ConfigMap. */
export function controllerName(release: Release): string {
  return `${fullname(release, "ingress-nginx")}-controller`;
}

export function selectorLabels(release: Release): Record<string, string> {
  return {
    "app.kubernetes.io/name": "ingress-nginx",
    "app.kubernetes.io/instance": release.name,
    "app.kubernetes.io/component": "controller",
  };
}

export function labelsOf(values: NginxValues, release: Release): Record<string, string> {
  return {
    ...selectorLabels(release),
    "helm.sh/chart": chartLabel("ingress-nginx", version),
    "app.kubernetes.io/version": appVersion,
    "app.kubernetes.io/part-of": "ingress-nginx",
    "app.kubernetes.io/managed-by": "Helm",
    ...values.commonLabels,
  };
}
