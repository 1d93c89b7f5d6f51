import type { Release } from "../chart";
import { chartLabel } from "../names";

export const version = "1.12.1";

export function chartLabels({ name }: Release): Readonly<Record<string, string>> {
  return {
    "app.kubernetes.io/name": "longhorn",
    "app.kubernetes.io/instance": name,
    "app.kubernetes.io/managed-by": "Helm",
    "app.kubernetes.io/version": `v${version}`,
    "helm.sh/chart": chartLabel("longhorn", version),
  };
}
