import type { JsonObject, KubernetesObjectLike } from "../../kubernetes/contract";
import type { Release } from "../chart";
import { labelsOf } from "./labels";
import { podLabels } from "./pod";
import type { MetallbValues } from "./values";

/** webhook, by which the controller judges pools and advertisements before the API takes them. */
export function webhook(values: MetallbValues, release: Release): KubernetesObjectLike[] {
  const labels = labelsOf(release);
  const metadata = (name: string) => ({ name, namespace: release.namespace, labels });
  return [
    {
      apiVersion: "admissionregistration.k8s.io/v1",
      kind: "ValidatingWebhookConfiguration",
      metadata: { name: "metallb-webhook-configuration", labels },
      webhooks: kinds.map((kind) => entry(kind, values, release)),
    },
    {
      apiVersion: "v1",
      kind: "Service",
      metadata: metadata("metallb-webhook-service"),
      spec: { ports: [{ port: 443, targetPort: 9443 }], selector: podLabels(release, "controller") },
    },
    { apiVersion: "v1", kind: "Secret", metadata: metadata("metallb-webhook-cert") },
  ];
}

const kinds = [
  { kind: "bgppeer", resource: "bgppeers", version: "v1beta2", operations: ["CREATE", "UPDATE"] },
  { kind: "ipaddresspool", resource: "ipaddresspools", version: "v1beta1", operations: ["CREATE", "UPDATE"] },
  {
    kind: "bgpadvertisement",
    resource: "bgpadvertisements",
    version: "v1beta1",
    operations: ["CREATE", "UPDATE"],
  },
  { kind: "community", resource: "communities", version: "v1beta1", operations: ["CREATE", "UPDATE"] },
  { kind: "bfdprofile", resource: "bfdprofiles", version: "v1beta1", operations: ["CREATE", "DELETE"] },
  {
    kind: "l2advertisement",
    resource: "l2advertisements",
    version: "v1beta1",
    operations: ["CREATE", "UPDATE"],
  },
] as const;

function entry(
  { kind, resource, version, operations }: (typeof kinds)[number],
  { crds }: MetallbValues,
  { namespace }: Release,
): JsonObject {
  return {
    admissionReviewVersions: ["v1"],
    clientConfig: {
      service: {
        name: "metallb-webhook-service",
        namespace,
        path: `/validate-metallb-io-${version}-${kind}`,
      },
    },
    failurePolicy: crds.validationFailurePolicy,
    name: `${kind}validationwebhook.metallb.io`,
    rules: [{ apiGroups: ["metallb.io"], apiVersions: [version], operations, resources: [resource] }],
    sideEffects: "None",
  };
}
