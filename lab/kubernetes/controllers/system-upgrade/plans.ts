import type { Json, JsonObject, KubernetesObjectLike } from "../../contract";
import { at, listAt, numberAt, objectAt, withoutFields } from "../../json";
import { changed, type Controller, keyOf, readKey } from "../controller";
import { type Desk, hasCondition, withCondition } from "../desk";
import { drained } from "./drain";
import { type Installation, installation } from "./installation";
import { jobName, jobOf } from "./job";
import { isPrepared, nodesToDo, planKind, type PlanTarget, targetOf } from "./plan";
import { finish, harmOf, upgradedVersion } from "./upgrade";

/** drainMs between two looks at a node that is being emptied. */
const drainMs = 10;

/** planController brings the nodes of a plan to its version, as many at once as it says (pkg/upgrade/handle_upgrade.go). */
export function planController(report: (text: string) => void): Controller {
  return {
    name: "system-upgrade-controller",
    concerned(change, desk) {
      const { kind } = changed(change);
      return ["Plan", "Node", "Job", "Deployment"].includes(kind)
        ? desk.every(planKind.apiVersion, planKind.kind).map(keyOf)
        : [];
    },
    reconcile(key, desk) {
      const { namespace, name } = readKey(key);
      const program = installation(desk);
      const plan = desk.find(planKind.apiVersion, planKind.kind, name, namespace);
      if (plan === undefined || plan.metadata.deletionTimestamp !== undefined) return undefined;
      if (program?.namespace !== namespace) return undefined;
      const target = targetOf(plan);
      if (target === undefined) {
        desk.setStatus(plan, unresolved(plan));
        return undefined;
      }
      removeOthers(plan, target, desk);
      const nodes = nodesToDo(plan, target, desk);
      desk.setStatus(plan, statusOf(plan, target, nodes));
      const waits = nodes.map((node) => advance({ plan, node, target, program, desk, report }));
      return waits.find((wait) => wait !== undefined);
    },
  };
}

interface Work {
  readonly plan: KubernetesObjectLike;
  readonly node: KubernetesObjectLike;
  readonly target: PlanTarget;
  readonly program: Installation;
  readonly desk: Desk;
  readonly report: (text: string) => void;
}

/** advance a node by one step: its job is made, waits, cordons or drains, runs, and is done. */
function advance({ plan, node, target, program, desk, report }: Work): number | undefined {
  const job = desk.find(
    "batch/v1",
    "Job",
    jobName(plan.metadata.name, node.metadata.name, target),
    plan.metadata.namespace,
  );
  if (job === undefined) {
    desk.create(jobOf(plan, node, target, program));
    return undefined;
  }
  if (hasCondition(job, "Complete")) {
    const version = upgradedVersion(job);
    if (version === undefined) return undefined;
    const harm = harmOf(node, version, desk);
    if (harm !== undefined) report(harm);
    finish(node, version, target, desk);
    desk.tell(plan, "Normal", "JobComplete", `Job completed on Node ${node.metadata.name}`);
    return undefined;
  }
  if (numberAt(job, "spec", "parallelism") !== 0) return undefined;
  if (!isPrepared(plan, target, desk)) return undefined;
  const isDrained = at(plan, "spec", "drain") !== undefined;
  if (isDrained || at(plan, "spec", "cordon") === true) {
    if (at(node, "spec", "unschedulable") !== true)
      desk.update({ ...node, spec: { ...objectAt(node, "spec"), unschedulable: true } });
    if (isDrained && !drained(node, plan, desk)) return drainMs;
  }
  desk.update({ ...job, spec: { ...objectAt(job, "spec"), parallelism: 1 } });
  return undefined;
}

/** removeOthers: jobs of another version of the plan. */
function removeOthers({ metadata }: KubernetesObjectLike, { label, hash }: PlanTarget, desk: Desk): void {
  for (const job of desk.every("batch/v1", "Job", metadata.namespace)) {
    const applied = job.metadata.labels?.[label];
    if (applied !== undefined && applied !== hash) desk.remove(job, "Background");
  }
}

function statusOf(
  plan: KubernetesObjectLike,
  { tag, hash }: PlanTarget,
  nodes: readonly KubernetesObjectLike[],
): JsonObject {
  const { length } = nodes;
  return {
    ...withoutFields(objectAt(plan, "status"), "applying"),
    latestVersion: tag,
    latestHash: hash,
    ...(length === 0 ? {} : { applying: nodes.map(({ metadata }) => metadata.name) }),
    conditions: conditionsOf(plan, [
      { type: "Validated", status: "True", reason: "PlanIsValid" },
      { type: "LatestResolved", status: "True", reason: "Version" },
      length === 0
        ? { type: "Complete", status: "True", reason: "Complete" }
        : { type: "Complete", status: "False", reason: "SyncJob" },
    ]),
  };
}

function unresolved(plan: KubernetesObjectLike): JsonObject {
  const message = "cannot resolve plan: missing channel and version";
  return {
    ...objectAt(plan, "status"),
    conditions: conditionsOf(plan, [
      { type: "LatestResolved", status: "False", reason: "Error", message },
      { type: "Complete", status: "False", reason: "NotReady" },
    ]),
  };
}

function conditionsOf(
  plan: KubernetesObjectLike,
  conditions: readonly Parameters<typeof withCondition>[1][],
): readonly Json[] {
  return conditions.reduce<readonly Json[]>(withCondition, listAt(plan, "status", "conditions"));
}
