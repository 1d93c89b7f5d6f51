import type { Cluster } from "../../config/model";
import { upgradeAccount } from "../../config/upgrades";
import { upgradeImages } from "../../versions";
import type { Namespace } from "../chart";
import { rancherImage } from "../images";
import type { KubernetesObject } from "../object";
import type { PlatformPart } from "../platform-parts";
import { everywhere, inside, type Rule } from "../rbac";

/** upgradeNamespace: an upgrade's job enters its node's root and processes. */
export const upgradeNamespace: Namespace = { name: "system-upgrade", podSecurity: "privileged" };

/**
 * upgradeController: system-upgrade-controller as its release's manifest installs it. Rancher's chart of it is bound to
 * Rancher's own namespace and makes it the cluster's administrator. The controller defines its kind itself, at each start.
 * @see https://github.com/rancher/system-upgrade-controller/blob/v0.20.1/manifests
 */
export function upgradeController(cluster: Cluster): PlatformPart {
  return {
    name: "upgrade-controller",
    namespace: upgradeNamespace,
    objects: [
      {
        apiVersion: "v1",
        kind: "ServiceAccount",
        metadata: { name: upgradeAccount, namespace: upgradeNamespace.name },
      },
      ...everywhere({ ...grantee, name: "system-upgrade-controller", rules: watching }),
      ...inside({ ...grantee, name: "system-upgrade-controller", rules: working }),
      ...everywhere({ ...grantee, name: "system-upgrade-drainer", rules: draining }),
    ],
    program: deploymentOf(cluster),
    kinds: ["plans.upgrade.cattle.io"],
  };
}

const controller = "system-upgrade-controller";
const grantee = { account: upgradeAccount, namespace: upgradeNamespace.name };
const reads = ["get", "list", "watch"];

const watching: readonly Rule[] = [
  { apiGroup: "batch", resources: ["jobs"], verbs: reads },
  {
    apiGroup: "apiextensions.k8s.io",
    resources: ["customresourcedefinitions"],
    verbs: [...reads, "create", "patch", "update"],
  },
  { apiGroup: "", resources: ["namespaces"], verbs: reads },
  { apiGroup: "", resources: ["nodes"], verbs: [...reads, "update"] },
  { apiGroup: "", resources: ["events"], verbs: ["get", "create", "patch", "update"] },
  { apiGroup: "coordination.k8s.io", resources: ["leases"], verbs: ["create"] },
  {
    apiGroup: "coordination.k8s.io",
    resources: ["leases"],
    resourceNames: [controller],
    verbs: ["get", "update"],
  },
  {
    apiGroup: "upgrade.cattle.io",
    resources: ["plans", "plans/status"],
    verbs: [...reads, "create", "patch", "update", "delete"],
  },
];

const working: readonly Rule[] = [
  {
    apiGroup: "batch",
    resources: ["jobs"],
    verbs: [...reads, "create", "delete", "deletecollection", "patch", "update"],
  },
  { apiGroup: "", resources: ["secrets"], verbs: reads },
];

/** draining a node, as kubectl does it in an upgrade's job. */
const draining: readonly Rule[] = [
  { apiGroup: "", resources: ["pods/eviction"], verbs: ["create"] },
  { apiGroup: "", resources: ["pods"], verbs: ["get", "list", "delete"] },
  { apiGroup: "", resources: ["nodes"], verbs: ["get", "patch"] },
  { apiGroup: "apps", resources: ["statefulsets", "daemonsets", "replicasets"], verbs: ["get", "list"] },
];

/** deploymentOf the controller, on a server whatever its taints; a pod with the label controller is never drained. */
function deploymentOf(cluster: Cluster): KubernetesObject {
  const labels = { "app.kubernetes.io/name": controller, "upgrade.cattle.io/controller": controller };
  return {
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata: { name: controller, namespace: upgradeNamespace.name, labels },
    spec: {
      strategy: { type: "Recreate" },
      selector: { matchLabels: { "upgrade.cattle.io/controller": controller } },
      template: {
        metadata: { labels },
        spec: {
          nodeSelector: { "node-role.kubernetes.io/control-plane": "true" },
          tolerations: [{ operator: "Exists" }],
          serviceAccountName: upgradeAccount,
          containers: [
            {
              name: controller,
              image: rancherImage(cluster, upgradeImages.controller),
              env: Object.entries(settingsOf(cluster)).map(([name, value]) => ({ name, value })),
              securityContext: {
                runAsNonRoot: true,
                runAsUser: 65534,
                runAsGroup: 65534,
                allowPrivilegeEscalation: false,
                seccompProfile: { type: "RuntimeDefault" },
                capabilities: { drop: ["ALL"] },
              },
            },
          ],
        },
      },
    },
  };
}

/** settingsOf the controller; a job is tried often, because the RKE2 that restarts takes its pod with it. */
function settingsOf(cluster: Cluster): Readonly<Record<string, string>> {
  return {
    SYSTEM_UPGRADE_CONTROLLER_NAME: controller,
    SYSTEM_UPGRADE_CONTROLLER_NAMESPACE: upgradeNamespace.name,
    SYSTEM_UPGRADE_CONTROLLER_LEADER_ELECT: "true",
    SYSTEM_UPGRADE_JOB_ACTIVE_DEADLINE_SECONDS: "900",
    SYSTEM_UPGRADE_JOB_BACKOFF_LIMIT: "99",
    SYSTEM_UPGRADE_JOB_IMAGE_PULL_POLICY: "IfNotPresent",
    SYSTEM_UPGRADE_JOB_KUBECTL_IMAGE: rancherImage(cluster, upgradeImages.kubectl),
    SYSTEM_UPGRADE_JOB_PRIVILEGED: "true",
    SYSTEM_UPGRADE_JOB_TTL_SECONDS_AFTER_FINISH: "900",
  };
}
