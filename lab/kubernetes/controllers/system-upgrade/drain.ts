import type { KubernetesObjectLike } from "../../contract";
import { at, listAt, numberAt, objectAt, textAt } from "../../json";
import { matchesSelector } from "../../store/selector";
import { controllerOf, type Desk } from "../desk";

/**
 * drained tells whether a node is empty, and evicts what may go now: pods that no budget covers, and of those that one
 * covers the first that it allows. Pods of DaemonSets and of upgrades stay.
 */
export function drained(node: KubernetesObjectLike, plan: KubernetesObjectLike, desk: Desk): boolean {
  const pods = desk
    .every("v1", "Pod")
    .filter((pod) => textAt(pod, "spec", "nodeName") === node.metadata.name && isToGo(pod));
  const [refused] = pods.flatMap((pod) => refusal(pod, plan) ?? []);
  if (refused !== undefined) {
    desk.tell(plan, "Warning", "DrainFailed", refused);
    return false;
  }
  let spent = false;
  for (const pod of pods) {
    if (pod.metadata.deletionTimestamp !== undefined) continue;
    const budgets = desk
      .every("policy/v1", "PodDisruptionBudget", pod.metadata.namespace)
      .filter((budget) => matchesSelector(objectAt(budget, "spec", "selector"), pod.metadata.labels ?? {}));
    const isAllowed = budgets.every((budget) => (numberAt(budget, "status", "disruptionsAllowed") ?? 0) > 0);
    if (budgets.length > 0 && (spent || !isAllowed)) continue;
    spent ||= budgets.length > 0;
    desk.remove(pod);
  }
  return pods.length === 0;
}

function isToGo(pod: KubernetesObjectLike): boolean {
  const { labels = {}, ownerReferences } = pod.metadata;
  return (
    controllerOf(ownerReferences)?.kind !== "DaemonSet" &&
    labels["upgrade.cattle.io/controller"] === undefined
  );
}

/** refusal of kubectl's to go on, in its words. */
function refusal(pod: KubernetesObjectLike, plan: KubernetesObjectLike): string | undefined {
  const drain = objectAt(plan, "spec", "drain");
  const name = `${pod.metadata.namespace ?? ""}/${pod.metadata.name}`;
  if (controllerOf(pod.metadata.ownerReferences) === undefined && drain["force"] !== true)
    return `cannot delete Pods that declare no controller (use --force to override): ${name}`;
  const hasScratch = listAt(pod, "spec", "volumes").some((volume) => at(volume, "emptyDir") !== undefined);
  if (hasScratch && drain["deleteEmptydirData"] === false)
    return `cannot delete Pods with local storage (use --delete-emptydir-data to override): ${name}`;
  return undefined;
}
