import { createHash } from "node:crypto";
import type { Backend } from "../../../config/model/routes";

/** gateway, the Helm release of the ingress gateway: its Deployment, Service and namespace have this name. */
export const gateway = "istio-ingress";

/** gatewayLabels of its pods: the chart takes `istio-` off the release's name. */
export const gatewayLabels = { istio: "ingress" } as const;

/** hostOf a backend as Istio's registry has it: a Service's full name, or the name outside. */
export function hostOf(backend: Backend): string {
  return backend.externalHost ?? `${backend.service}.${backend.namespace}.svc.cluster.local`;
}

/** label of at most 63 characters, as subsets must be; a longer name ends in a digest of itself. */
export function label(name: string): string {
  if (name.length <= 63) return name;
  const digest = createHash("sha256").update(name).digest("hex").slice(0, 8);
  return `${name.slice(0, 54)}-${digest}`;
}

/** seconds as protobuf prints a duration: `1.5s`. */
export function seconds(milliseconds: number): string {
  return `${milliseconds / 1000}s`;
}
