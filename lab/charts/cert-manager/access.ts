import type { KubernetesObjectLike } from "../../kubernetes/contract";
import { grants, reads, rule, serviceAccount } from "../rbac";
import { labelsOf, type Part, partName } from "./part";

/** access of one part: its service account, and what it may do in short. */
export function access(part: Part): KubernetesObjectLike[] {
  const name = partName(part);
  const { namespace } = part.release;
  const labels = labelsOf(part);
  const anyCertificate = [rule(["*"], "cert-manager.io", "*"), rule(["*"], "acme.cert-manager.io", "*")];
  const rules = {
    controller: [
      ...anyCertificate,
      rule(["*"], "", "secrets", "pods", "services", "events"),
      rule(["*"], "networking.k8s.io", "ingresses", "ingresses/finalizers"),
      rule(["*"], "gateway.networking.k8s.io", "gateways", "httproutes", "listenersets"),
      rule(["*"], "coordination.k8s.io", "leases"),
    ],
    webhook: [rule(["*"], "", "secrets"), rule(["create"], "authorization.k8s.io", "subjectaccessreviews")],
    cainjector: [
      rule(reads, "cert-manager.io", "certificates"),
      rule(reads, "", "secrets"),
      rule(["*"], "admissionregistration.k8s.io", "*"),
      rule(["*"], "apiextensions.k8s.io", "customresourcedefinitions"),
      rule(["*"], "coordination.k8s.io", "leases"),
    ],
  };
  return [
    serviceAccount(name, namespace, labels, true),
    ...grants([{ kind: "ClusterRole", name, namespace, labels, rules: rules[part.component], to: [name] }]),
  ];
}
