import { objectAt, textAt } from "../../json";
import { addressOf, rangeOf } from "../../store/cluster-ranges";
import { changed, type Controller } from "../controller";

/** nodeController gives each Node a /24 of the pods' range, as kube-controller-manager does. */
export function nodeController(clusterCidr: string): Controller {
  return {
    name: "node-controller",
    concerned: (change) =>
      changed(change).kind === "Node" && change.after !== undefined ? [changed(change).metadata.name] : [],
    reconcile(name, desk) {
      const node = desk.find("v1", "Node", name);
      if (node === undefined || textAt(node, "spec", "podCIDR") !== undefined) return undefined;
      const range = rangeOf(clusterCidr) ?? { first: 0, last: 0 };
      const used = new Set(desk.every("v1", "Node").map((other) => textAt(other, "spec", "podCIDR")));
      for (let first = range.first; first + 255 <= range.last; first += 256) {
        const podCIDR = `${addressOf(first)}/24`;
        if (used.has(podCIDR)) continue;
        desk.update({ ...node, spec: { ...objectAt(node, "spec"), podCIDR, podCIDRs: [podCIDR] } });
        return undefined;
      }
      desk.tell(node, "Warning", "CIDRNotAvailable", `Node ${name} status is now: CIDRNotAvailable`);
      return undefined;
    },
  };
}
