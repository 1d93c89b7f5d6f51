import type { KubernetesObjectLike } from "../../kubernetes/contract";
import type { Release } from "../chart";
import { fullname, shortened } from "../names";
import { type Rule, grants, reads, rule, serviceAccount } from "../rbac";
import { labelsOf } from "./labels";
import type { TraefikValues } from "./values";

/** access, the service account and what it may read of the API. */
export function access(values: TraefikValues, release: Release): KubernetesObjectLike[] {
  const name = fullname(release, "traefik");
  const labels = labelsOf(values, release);
  const account = serviceAccount(name, release.namespace, labels, false);
  if (!values.rbac.enabled) return [account];
  return [
    account,
    ...grants([
      {
        kind: "ClusterRole",
        name: shortened(`${name}-${release.namespace}`),
        namespace: release.namespace,
        labels,
        rules: rulesFor(values.providers),
        to: [name],
      },
    ]),
  ];
}

const gatewayKinds = ["backendtlspolicies", "gatewayclasses", "gateways", "grpcroutes", "httproutes"];

function rulesFor(providers: TraefikValues["providers"]): Rule[] {
  const { kubernetesIngress, kubernetesCRD, kubernetesGateway } = providers;
  const ingresses = [
    rule(reads, "networking.k8s.io", "ingressclasses", "ingresses"),
    rule(["update"], "networking.k8s.io", "ingresses/status"),
  ];
  const gateways = [
    rule(reads, "gateway.networking.k8s.io", ...gatewayKinds, "referencegrants", "tcproutes", "tlsroutes"),
    rule(
      ["update"],
      "gateway.networking.k8s.io",
      ...[...gatewayKinds, "tcproutes", "tlsroutes"].map((kind) => `${kind}/status`),
    ),
  ];
  return [
    rule(reads, "", "configmaps", "nodes", "services", "secrets"),
    rule(["list", "watch"], "discovery.k8s.io", "endpointslices"),
    rule(["list", "watch"], "", "namespaces"),
    rule(["get"], "", "pods"),
    ...(kubernetesIngress.enabled ? ingresses : []),
    ...(kubernetesCRD.enabled
      ? [rule(reads, "networking.k8s.io", "ingressclasses"), rule(reads, "traefik.io", "*")]
      : []),
    ...(kubernetesGateway.enabled ? gateways : []),
  ];
}
