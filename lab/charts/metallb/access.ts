import type { KubernetesObjectLike } from "../../kubernetes/contract";
import type { Release } from "../chart";
import { fullname } from "../names";
import { grants, reads, rule, serviceAccount } from "../rbac";
import { componentOf, labelsOf } from "./labels";
import type { MetallbValues } from "./values";

/** access, the two service accounts and what they may do, in short. */
export function access(values: MetallbValues, release: Release): KubernetesObjectLike[] {
  const name = fullname(release, "metallb");
  const { namespace } = release;
  const labels = labelsOf(release);
  const controller = values.controller.serviceAccount.name || `${name}-controller`;
  const speaker = values.speaker.serviceAccount.name || `${name}-speaker`;
  return [
    serviceAccount(controller, namespace, { ...labels, ...componentOf("controller") }),
    serviceAccount(speaker, namespace, { ...labels, ...componentOf("speaker") }),
    ...grants([
      {
        kind: "ClusterRole",
        name: `${name}:controller`,
        namespace,
        labels,
        rules: [
          rule(reads, "", "services", "namespaces", "nodes"),
          rule(["update"], "", "services/status"),
          rule(["create", "patch"], "", "events"),
          rule(["*"], "admissionregistration.k8s.io", "validatingwebhookconfigurations"),
          rule(["*"], "apiextensions.k8s.io", "customresourcedefinitions"),
          rule(["*"], "metallb.io", "configurationstates", "configurationstates/status"),
        ],
        to: [controller],
      },
      {
        kind: "ClusterRole",
        name: `${name}:speaker`,
        namespace,
        labels,
        rules: [
          rule(reads, "", "services", "endpoints", "nodes", "namespaces"),
          rule(reads, "discovery.k8s.io", "endpointslices"),
          rule(["create", "patch"], "", "events"),
          rule(["*"], "metallb.io", "servicel2statuses", "servicel2statuses/status"),
        ],
        to: [speaker],
      },
      {
        kind: "Role",
        name: `${name}-pod-lister`,
        namespace,
        labels,
        rules: [rule(reads, "", "pods", "secrets", "configmaps"), rule(reads, "metallb.io", "*")],
        to: [controller, speaker],
      },
      {
        kind: "Role",
        name: `${name}-controller`,
        namespace,
        labels,
        rules: [
          rule(["*"], "", "secrets"),
          rule(["get"], "apps", "deployments"),
          rule(reads, "metallb.io", "*"),
          rule(["update"], "metallb.io", "ipaddresspools/status"),
        ],
        to: [controller],
      },
    ]),
  ];
}
