import type { Json, KubernetesObjectLike } from "../../contract";
import { listAt, recordAt, textAt } from "../../json";
import type { PemPair } from "../../../network/certificate";
import { type Desk, withCondition } from "../desk";
import { argumentOf, running } from "../installation";

export const certManager = "cert-manager.io/v1";

/** installed tells where cert-manager runs, once its controller is Available; undefined = it does not. */
export function installed(desk: Desk): { readonly clusterNamespace: string } | undefined {
  const deployment = running(desk, {
    "app.kubernetes.io/name": "cert-manager",
    "app.kubernetes.io/component": "controller",
  });
  if (deployment === undefined) return undefined;
  const namespace = argumentOf(deployment, "cluster-resource-namespace") ?? "";
  return { clusterNamespace: namespace === "" ? (deployment.metadata.namespace ?? "") : namespace };
}

/** secretHome of an issuer: its own namespace, for a ClusterIssuer cert-manager's cluster resource namespace. */
export function secretHome(issuer: KubernetesObjectLike, clusterNamespace: string): string {
  return issuer.metadata.namespace ?? clusterNamespace;
}

/** pairIn a Secret of type kubernetes.io/tls. */
export function pairIn(secret: KubernetesObjectLike | undefined): PemPair | undefined {
  const data = recordAt(secret, "data");
  const [certificate, key] = [data["tls.crt"], data["tls.key"]];
  if (certificate === undefined || key === undefined) return undefined;
  const decoded = (text: string): string => Buffer.from(text, "base64").toString();
  return { certificatePem: decoded(certificate), keyPem: decoded(key) };
}

/** readiness is conditions with Ready as said. */
export function readiness(
  object: KubernetesObjectLike,
  status: "True" | "False",
  reason: string,
  message: string,
): readonly Json[] {
  const observedGeneration = object.metadata.generation ?? 1;
  const others = listAt(object, "status", "conditions").filter((one) => textAt(one, "type") !== "Issuing");
  return withCondition(others, { type: "Ready", status, reason, message, observedGeneration });
}
