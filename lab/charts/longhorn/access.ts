import type { KubernetesObjectLike } from "../../kubernetes/contract";
import type { Release } from "../chart";
import { grants, reads, rule, serviceAccount } from "../rbac";
import { chartLabels } from "./labels";

export const account = "longhorn-service-account";
export const uiAccount = "longhorn-ui-service-account";
const bundleAccount = "longhorn-support-bundle";

/** access of the manager: what the chart's roles let it do with nodes, volumes and classes. */
export function access(release: Release): KubernetesObjectLike[] {
  const { namespace } = release;
  const labels = chartLabels(release);
  return [
    ...[account, uiAccount, bundleAccount].map((name) => serviceAccount(name, namespace, labels)),
    ...grants([
      {
        kind: "ClusterRole",
        name: "longhorn-role",
        namespace,
        labels,
        rules: [
          rule(["*"], "apiextensions.k8s.io", "customresourcedefinitions"),
          rule(["*"], "", "events", "persistentvolumes", "persistentvolumeclaims", "nodes"),
          rule([...reads, "delete"], "", "pods"),
          rule(reads, "apps", "daemonsets", "statefulsets", "deployments", "replicasets"),
          rule(["*"], "storage.k8s.io", "storageclasses", "volumeattachments", "csinodes", "csidrivers"),
          rule(["*"], "longhorn.io", "*"),
        ],
        to: [account],
      },
      {
        kind: "Role",
        name: "longhorn",
        namespace,
        labels,
        rules: [
          rule(["*"], "", "pods", "secrets", "services", "configmaps", "serviceaccounts"),
          rule(["*"], "apps", "daemonsets", "deployments"),
          rule(["*"], "policy", "poddisruptionbudgets"),
        ],
        to: [account],
      },
    ]),
  ];
}
