import type { Release } from "../chart";
import { chartLabel, shortened } from "../names";
import type { TraefikValues } from "./values";

export const version = "41.3.0";

/** selectorLabels of the chart's pods; the instance is release and namespace. */
export function selectorLabels(release: Release): Record<string, string> {
  return {
    "app.kubernetes.io/name": "traefik",
    "app.kubernetes.io/instance": shortened(`${release.name}-${release.namespace}`),
  };
}

export function labelsOf(values: TraefikValues, release: Release): Record<string, string> {
  return {
    ...selectorLabels(release),
    "helm.sh/chart": chartLabel("traefik", version),
    "app.kubernetes.io/managed-by": "Helm",
    ...values.commonLabels,
  };
}
