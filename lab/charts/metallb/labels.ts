import type { Release } from "../chart";
import { chartLabel } from "../names";

export const version = "0.16.1";
export const appVersion = "v0.16.1";

export function selectorLabels(release: Release): Record<string, string> {
  return { "app.kubernetes.io/name": "metallb", "app.kubernetes.io/instance": release.name };
}

export function labelsOf(release: Release): Record<string, string> {
  return {
    "helm.sh/chart": chartLabel("metallb", version),
    ...selectorLabels(release),
    "app.kubernetes.io/version": appVersion,
    "app.kubernetes.io/managed-by": "Helm",
  };
}

export function componentOf(component: "controller" | "speaker"): Record<string, string> {
  return { "app.kubernetes.io/component": component };
}
