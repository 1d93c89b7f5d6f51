import type { Release } from "../chart";
import { istioLabels } from "./release";

/** labelsOf everything that istiod's chart makes. */
export function labelsOf(release: Release): Record<string, string> {
  return {
    app: "istiod",
    release: release.name,
    "app.kubernetes.io/name": "istiod",
    ...istioLabels(release, "istiod"),
  };
}

/** pilot, by which Istio's own tools know the parts of a control plane. */
export const pilot = {
  "istio.io/rev": "default",
  "install.operator.istio.io/owning-resource": "unknown",
  "operator.istio.io/component": "Pilot",
} as const;
