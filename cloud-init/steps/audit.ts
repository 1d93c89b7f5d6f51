import type { Rke2 } from "../../config/model/rke2";
import type { Step } from "../document";
import { paths } from "../paths";
import { yamlText } from "../yaml";

/**
 * What the API server writes about requests, to /var/lib/rancher/rke2/server/logs/audit.log. RKE2 keeps 10 files of
 * 100 MB for 30 days. (rancher/rke2: pkg/executor/staticpod/staticpod.go)
 */
export function audit({ audit: level }: Rke2): Step {
  if (level === undefined) return {};
  return { files: [{ path: paths.auditPolicy, permissions: "0600", content: yamlText(policy(level)) }] };
}

/**
 * policy of audit; the first rule that fits a request decides. Noise is what asks all day and changes nothing a person
 * would look for. Whoever reads the log must not read secrets in it, whatever the level.
 * @see https://kubernetes.io/docs/tasks/debug/debug-cluster/audit/
 */
function policy(level: "metadata" | "request"): object {
  return {
    apiVersion: "audit.k8s.io/v1",
    kind: "Policy",
    omitStages: ["RequestReceived"],
    rules: [
      ...noise.map((rule) => ({ level: "None", ...rule })),
      { level: "Metadata", resources: withSecrets },
      ...(level === "request" ? [{ level: "Metadata", verbs: ["get", "list", "watch"] }] : []),
      { level: level === "request" ? "Request" : "Metadata" },
    ],
  };
}

const noise = [
  { nonResourceURLs: ["/healthz*", "/livez*", "/readyz*", "/version", "/openapi/*"] },
  { resources: [{ group: "", resources: ["events"] }, { group: "events.k8s.io" }] },
  { resources: [{ group: "coordination.k8s.io", resources: ["leases"] }] },
  {
    users: ["system:kube-proxy"],
    verbs: ["watch"],
    resources: [
      { group: "", resources: ["nodes", "services"] },
      { group: "discovery.k8s.io", resources: ["endpointslices"] },
    ],
  },
  {
    userGroups: ["system:nodes"],
    verbs: ["get"],
    resources: [{ group: "", resources: ["nodes", "nodes/status"] }],
  },
];

const withSecrets = [
  { group: "", resources: ["secrets", "configmaps", "serviceaccounts/token"] },
  { group: "authentication.k8s.io", resources: ["tokenreviews"] },
];
