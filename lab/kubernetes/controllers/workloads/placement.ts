import type { Json, JsonObject, KubernetesObjectLike } from "../../contract";
import { at, isObject, listAt, objectAt, recordAt, textAt } from "../../json";
import { hasLabels, matchesSelector } from "../../store/selector";
import type { Desk } from "../desk";
import { hasCondition } from "../desk";
import { outOfReach, volumesOf } from "../storage/reach";

/** obstacle tells why a pod cannot run on a node, in the scheduler's words; undefined = it can. */
export function obstacle(pod: JsonObject, node: KubernetesObjectLike): string | undefined {
  const untolerated = taintsOf(node).find(
    (taint) => taint["effect"] !== "PreferNoSchedule" && !isTolerated(pod, taint),
  );
  if (at(node, "spec", "unschedulable") === true && !isTolerated(pod, unschedulable))
    return "node(s) were unschedulable";
  if (untolerated !== undefined) {
    const { key, value } = {
      key: textAt(untolerated, "key") ?? "",
      value: textAt(untolerated, "value") ?? "",
    };
    return `node(s) had untolerated taint {${key}: ${value}}`;
  }
  if (!matchesNode(pod, node)) return "node(s) didn't match Pod's node affinity/selector";
  return undefined;
}

/** matchesNode: nodeSelector and required node affinity. */
export function matchesNode(pod: JsonObject, node: KubernetesObjectLike): boolean {
  const labels = node.metadata.labels ?? {};
  const terms = listAt(
    pod,
    ...["affinity", "nodeAffinity", "requiredDuringSchedulingIgnoredDuringExecution", "nodeSelectorTerms"],
  );
  return (
    hasLabels(recordAt(pod, "nodeSelector"), labels) &&
    (terms.length === 0 || terms.some((term) => matchesTerm(term, node)))
  );
}

/** place chooses among the nodes that could take a pod the one with the fewest of the same workload, then of all. */
export function place(pod: KubernetesObjectLike, desk: Desk): { node?: string; message: string } {
  const spec = objectAt(pod, "spec");
  const nodes = desk.every("v1", "Node");
  const volumes = volumesOf(pod, desk);
  const obstacles = nodes.map((node) => ({
    node,
    why: obstacle(spec, node) ?? outOfReach(volumes, node) ?? crowding(pod, node, desk),
  }));
  const able = obstacles.filter(({ why }) => why === undefined).map(({ node }) => node.metadata.name);
  const pods = desk.every("v1", "Pod");
  const owner = pod.metadata.ownerReferences?.[0]?.uid;
  const load = (name: string): number =>
    pods
      .filter((other) => textAt(other, "spec", "nodeName") === name)
      .reduce(
        (sum, other) =>
          sum + (owner !== undefined && other.metadata.ownerReferences?.[0]?.uid === owner ? 1000 : 1),
        0,
      );
  const [best] = able.map((name) => ({ name, load: load(name) })).sort((one, other) => one.load - other.load);
  if (best !== undefined) return { node: best.name, message: "" };
  const counts = new Map<string, number>();
  for (const { why = "" } of obstacles) counts.set(why, (counts.get(why) ?? 0) + 1);
  const reasons = [...counts].map(([why, count]) => `${count} ${why}`).join(", ");
  const none =
    nodes.length === 0
      ? "no nodes available to schedule pods"
      : `0/${nodes.length} nodes are available: ${reasons}.`;
  return { message: none };
}

/** crowding: required anti-affinity and topology spread that refuses. */
function crowding(pod: KubernetesObjectLike, node: KubernetesObjectLike, desk: Desk): string | undefined {
  const labels = node.metadata.labels ?? {};
  const placed = desk
    .every("v1", "Pod", pod.metadata.namespace)
    .filter(
      (other) => other.metadata.uid !== pod.metadata.uid && other.metadata.deletionTimestamp === undefined,
    );
  const domainOf = (other: KubernetesObjectLike, topology: string): string | undefined =>
    desk.find("v1", "Node", textAt(other, "spec", "nodeName") ?? "")?.metadata.labels?.[topology];
  const rivals = listAt(
    pod,
    "spec",
    "affinity",
    "podAntiAffinity",
    "requiredDuringSchedulingIgnoredDuringExecution",
  );
  const isRival = (term: Json): boolean => {
    const topology = textAt(term, "topologyKey") ?? "";
    const domain = labels[topology];
    return placed.some(
      (other) =>
        domain !== undefined &&
        domainOf(other, topology) === domain &&
        matchesSelector(at(term, "labelSelector"), other.metadata.labels ?? {}),
    );
  };
  if (rivals.some(isRival)) return "node(s) didn't match pod anti-affinity rules";
  const hard = listAt(pod, "spec", "topologySpreadConstraints").filter(
    (constraint) => textAt(constraint, "whenUnsatisfiable") !== "ScheduleAnyway",
  );
  const isSkewed = (constraint: Json): boolean => {
    const topology = textAt(constraint, "topologyKey") ?? "";
    const domain = labels[topology];
    if (domain === undefined) return true;
    const eligible = desk.every("v1", "Node").filter((other) => matchesNode(objectAt(pod, "spec"), other));
    const domains = new Set(eligible.flatMap((other) => other.metadata.labels?.[topology] ?? []));
    const same = placed.filter((other) =>
      matchesSelector(at(constraint, "labelSelector"), other.metadata.labels ?? {}),
    );
    const count = (name: string): number => same.filter((other) => domainOf(other, topology) === name).length;
    const least = Math.min(...[...domains].map(count));
    const most = at(constraint, "maxSkew");
    return count(domain) + 1 - least > (typeof most === "number" ? most : 1);
  };
  return hard.some(isSkewed) ? "node(s) didn't match pod topology spread constraints" : undefined;
}

function taintsOf(node: KubernetesObjectLike): readonly JsonObject[] {
  const own = listAt(node, "spec", "taints").filter(isObject);
  const silent = { key: "node.kubernetes.io/unreachable", effect: "NoSchedule" };
  return hasCondition(node, "Ready") ? own : [...own, silent];
}

const unschedulable: JsonObject = { key: "node.kubernetes.io/unschedulable", effect: "NoSchedule" };

function isTolerated(pod: JsonObject, taint: JsonObject): boolean {
  return listAt(pod, "tolerations").some((toleration) => {
    const [key, effect] = [textAt(toleration, "key"), textAt(toleration, "effect")];
    const sameKey = key === undefined || key === "" || key === taint["key"];
    const sameEffect = effect === undefined || effect === "" || effect === taint["effect"];
    const sameValue =
      textAt(toleration, "operator") === "Exists" ||
      (textAt(toleration, "value") ?? "") === (textAt(taint, "value") ?? "");
    return sameKey && sameEffect && sameValue;
  });
}

function matchesTerm(term: Json, node: KubernetesObjectLike): boolean {
  const fields = listAt(term, "matchFields").every((expression) =>
    matchesSelector(
      { matchExpressions: [withKey(expression, "metadata.name")] },
      { "metadata.name": node.metadata.name },
    ),
  );
  const selector = { matchExpressions: listAt(term, "matchExpressions") };
  return fields && matchesSelector(selector, node.metadata.labels ?? {});
}

function withKey(expression: Json, key: string): Json {
  return isObject(expression) ? { ...expression, key } : expression;
}
