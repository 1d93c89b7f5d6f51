import type { KubernetesObjectLike } from "../../contract";
import { at, objectAt } from "../../json";
import { matchesSelector } from "../../store/selector";
import { changed, type Controller, keyOf, readKey } from "../controller";
import { hasCondition } from "../desk";
import { isActive } from "./pod-of";
import { portionOf } from "./portion";

const policy = "policy/v1";

/** disruptionController counts how many of a PodDisruptionBudget's pods may go at once. */
export const disruptionController: Controller = {
  name: "disruption-controller",
  concerned(change, desk) {
    const object = changed(change);
    if (object.kind === "PodDisruptionBudget") return [keyOf(object)];
    if (object.kind !== "Pod") return [];
    return desk
      .every(policy, "PodDisruptionBudget", object.metadata.namespace)
      .filter((budget) => covers(budget, object))
      .map(keyOf);
  },
  reconcile(key, desk) {
    const { namespace, name } = readKey(key);
    const budget = desk.find(policy, "PodDisruptionBudget", name, namespace);
    if (budget === undefined) return undefined;
    const pods = desk.every("v1", "Pod", namespace).filter((pod) => covers(budget, pod) && isActive(pod));
    const healthy = pods.filter((pod) => hasCondition(pod, "Ready")).length;
    const least = at(budget, "spec", "minAvailable");
    const most = at(budget, "spec", "maxUnavailable");
    const desired =
      least === undefined
        ? Math.max(0, pods.length - portionOf(most, pods.length, Math.ceil))
        : portionOf(least, pods.length, Math.ceil);
    desk.setStatus(budget, {
      observedGeneration: budget.metadata.generation ?? 1,
      expectedPods: pods.length,
      currentHealthy: healthy,
      desiredHealthy: desired,
      disruptionsAllowed: Math.max(0, healthy - desired),
    });
    return undefined;
  },
};

function covers(budget: KubernetesObjectLike, pod: KubernetesObjectLike): boolean {
  return matchesSelector(objectAt(budget, "spec", "selector"), pod.metadata.labels ?? {});
}
