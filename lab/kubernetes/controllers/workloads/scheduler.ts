import { listAt, objectAt, textAt } from "../../json";
import { changed, type Controller, keyOf, readKey } from "../controller";
import { hasCondition, withCondition } from "../desk";
import { unboundClaim, waitingClaims, withNode } from "../storage/reach";
import { place } from "./placement";

/** scheduler gives a pod its node; one that nobody can take stays Pending and says why. */
export const scheduler: Controller = {
  name: "default-scheduler",
  concerned(change, desk) {
    const object = changed(change);
    if (
      object.kind === "Pod" &&
      change.after !== undefined &&
      textAt(object, "spec", "nodeName") === undefined
    )
      return [keyOf(object)];
    const makesRoom = object.kind === "Node" || (object.kind === "Pod" && change.after === undefined);
    if (!makesRoom && object.kind !== "PersistentVolumeClaim") return [];
    return desk
      .every("v1", "Pod")
      .filter((pod) => textAt(pod, "spec", "nodeName") === undefined)
      .map(keyOf);
  },
  reconcile(key, desk) {
    const { namespace, name } = readKey(key);
    const pod = desk.find("v1", "Pod", name, namespace);
    if (pod === undefined || textAt(pod, "spec", "nodeName") !== undefined) return undefined;
    if (pod.metadata.deletionTimestamp !== undefined) return undefined;
    const unbound = unboundClaim(pod, desk);
    const { node, message } =
      unbound === undefined ? place(pod, desk) : { node: undefined, message: unbound };
    if (node === undefined) {
      desk.tell(pod, "Warning", "FailedScheduling", message);
      desk.setStatus(pod, {
        ...objectAt(pod, "status"),
        conditions: withCondition(listAt(pod, "status", "conditions"), {
          type: "PodScheduled",
          status: "False",
          reason: "Unschedulable",
          message,
        }),
      });
      return undefined;
    }
    const waiting = waitingClaims(pod, desk);
    for (const claim of waiting) desk.update(withNode(claim, node));
    if (waiting.length > 0) return undefined;
    const bound = desk.update({ ...pod, spec: { ...objectAt(pod, "spec"), nodeName: node } });
    if (!hasCondition(bound, "PodScheduled"))
      desk.setStatus(bound, {
        ...objectAt(bound, "status"),
        conditions: withCondition(listAt(bound, "status", "conditions"), {
          type: "PodScheduled",
          status: "True",
        }),
      });
    return undefined;
  },
};
