import { createHash } from "node:crypto";
import type { Json, KubernetesObjectLike } from "../../contract";
import { listAt, textAt, textsAt } from "../../json";
import type { Installation } from "./installation";
import type { PlanTarget } from "./plan";

/** jobName of a plan's work on a node, shortened as upstream does (wrangler: pkg/name). */
export function jobName(plan: string, node: string, { hash }: PlanTarget): string {
  const whole = ["apply", plan, "on", node, "with", hash].join("-");
  return whole.length < 64
    ? whole
    : `${whole.slice(0, 57)}-${createHash("sha256").update(whole).digest("hex").slice(0, 5)}`;
}

/** jobOf a plan on a node: a pod there with the node's root, not to be run before its turn (pkg/upgrade/job/job.go). */
export function jobOf(
  plan: KubernetesObjectLike,
  node: KubernetesObjectLike,
  target: PlanTarget,
  { name: controller }: Installation,
): KubernetesObjectLike {
  const labels = {
    "upgrade.cattle.io/controller": controller,
    "upgrade.cattle.io/node": node.metadata.name,
    "upgrade.cattle.io/plan": plan.metadata.name,
    "upgrade.cattle.io/version": target.tag,
    [target.label]: target.hash,
  };
  const account = textAt(plan, "spec", "serviceAccountName");
  return {
    apiVersion: "batch/v1",
    kind: "Job",
    metadata: {
      name: jobName(plan.metadata.name, node.metadata.name, target),
      namespace: plan.metadata.namespace ?? "",
      labels,
    },
    spec: {
      backoffLimit: 99,
      completions: 1,
      parallelism: 0,
      template: {
        metadata: { labels },
        spec: {
          hostIPC: true,
          hostPID: true,
          hostNetwork: true,
          restartPolicy: "Never",
          ...(account === undefined ? {} : { serviceAccountName: account }),
          affinity: onNode(node),
          tolerations: [
            { key: "node.kubernetes.io/unschedulable", operator: "Exists", effect: "NoSchedule" },
            ...listAt(plan, "spec", "tolerations"),
          ],
          volumes: [{ name: "host-root", hostPath: { path: "/", type: "Directory" } }],
          containers: [upgradeContainer(plan, target)],
        },
      },
    },
  };
}

function onNode({ metadata: { name, labels = {} } }: KubernetesObjectLike): Json {
  const key = "kubernetes.io/hostname";
  const terms = [{ matchExpressions: [{ key, operator: "In", values: [labels[key] ?? name] }] }];
  return {
    nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: terms } },
  };
}

/** upgradeContainer: an image without a tag gets the version as its tag. */
function upgradeContainer(plan: KubernetesObjectLike, { tag }: PlanTarget): Json {
  const image = textAt(plan, "spec", "upgrade", "image") ?? "";
  const args = textsAt(plan, "spec", "upgrade", "args");
  return {
    name: "upgrade",
    image: /:[^/]+$/.test(image) ? image : `${image}:${tag}`,
    ...(args.length === 0 ? {} : { args }),
    securityContext: { privileged: true, capabilities: { add: ["CAP_SYS_BOOT"] } },
    volumeMounts: [{ name: "host-root", mountPath: "/host" }],
  };
}
