import type { Release } from "../chart";
import { chartLabel } from "../names";

export const repository = "https://istio-release.storage.googleapis.com/charts";

/** version of every chart of Istio's release; it is the version of the images too. */
export const version = "1.30.4";

/** istioLabels, which every object of Istio's charts has. */
export function istioLabels(release: Release, chart: string): Record<string, string> {
  return {
    "app.kubernetes.io/managed-by": "Helm",
    "app.kubernetes.io/instance": release.name,
    "app.kubernetes.io/part-of": "istio",
    "app.kubernetes.io/version": version,
    "helm.sh/chart": chartLabel(chart, version),
  };
}

/** validatedGroups, whose objects istiod judges before the API takes them. */
export const validatedGroups = [
  "security.istio.io",
  "networking.istio.io",
  "telemetry.istio.io",
  "extensions.istio.io",
] as const;
