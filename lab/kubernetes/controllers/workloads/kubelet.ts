import type { Json, JsonObject, KubernetesObjectLike } from "../../contract";
import { at, isObject, listAt, objectAt, textAt } from "../../json";
import { timestamp } from "../../store/api";
import { addressOf, numberOf } from "../../store/cluster-ranges";
import { changed, type Controller, keyOf, readKey } from "../controller";
import { type Desk, hasCondition, withCondition } from "../desk";
import { missingReference } from "./references";

/** Times in milliseconds that a container of the lab takes; a real one's seconds, made short. */
const stepMs = 5;

/**
 * kubelet runs pods on nodes that are Ready: address, containers running, then ready. A pod of a Job ends well, a pod
 * that is deleted goes a moment later. Images are never missing here and probes by number always succeed.
 */
export const kubelet: Controller = {
  name: "kubelet",
  concerned(change, desk) {
    const object = changed(change);
    if (object.kind === "Pod" && object.apiVersion === "v1")
      return change.after === undefined ? [] : [keyOf(object)];
    if (object.apiVersion !== "v1") return [];
    if (object.kind === "Node")
      return desk
        .every("v1", "Pod")
        .filter((pod) => textAt(pod, "spec", "nodeName") === object.metadata.name)
        .map(keyOf);
    if (object.kind !== "ConfigMap" && object.kind !== "Secret") return [];
    return desk
      .every("v1", "Pod", object.metadata.namespace)
      .filter((pod) => textAt(pod, "status", "phase") === "Pending")
      .map(keyOf);
  },
  reconcile(key, desk) {
    const { namespace, name } = readKey(key);
    const pod = desk.find("v1", "Pod", name, namespace);
    const nodeName = textAt(pod, "spec", "nodeName");
    if (pod === undefined || nodeName === undefined) return undefined;
    const node = desk.find("v1", "Node", nodeName);
    if (node === undefined) {
      desk.vanish(pod);
      return undefined;
    }
    const phase = textAt(pod, "status", "phase");
    if (!hasCondition(node, "Ready")) {
      if (hasCondition(pod, "Ready")) desk.setStatus(pod, silentStatus(pod));
      return undefined;
    }
    if (pod.metadata.deletionTimestamp !== undefined) return terminate(pod, desk);
    if (phase === "Succeeded" || phase === "Failed") return undefined;
    if (phase === "Running") {
      carryOn(pod, desk);
      return undefined;
    }
    const missing = missingReference(pod, desk);
    if (missing !== undefined) {
      if (missing.event !== undefined) desk.tell(pod, "Warning", missing.event, missing.message);
      desk.setStatus(pod, waitingStatus(pod, node, missing.reason, missing.message));
      return undefined;
    }
    desk.setStatus(pod, runningStatus(pod, node, desk));
    return stepMs;
  },
};

const terminating = new WeakSet();

/** terminate: the first look finds a pod that is asked to stop, the second one that has stopped. */
function terminate(pod: KubernetesObjectLike, desk: Desk): number | undefined {
  if (terminating.has(pod)) {
    if ((pod.metadata.finalizers ?? []).length === 0) desk.vanish(pod);
    return undefined;
  }
  terminating.add(pod);
  return stepMs;
}

function carryOn(pod: KubernetesObjectLike, desk: Desk): void {
  const [owner] = pod.metadata.ownerReferences ?? [];
  if (owner?.kind === "Job" && textAt(pod, "spec", "restartPolicy") !== "Always") {
    const status = objectAt(pod, "status");
    const done = { terminated: { exitCode: 0, reason: "Completed", finishedAt: timestamp() } };
    desk.setStatus(pod, {
      ...status,
      phase: "Succeeded",
      conditions: withCondition(listAt(status, "conditions"), {
        type: "Ready",
        status: "False",
        reason: "PodCompleted",
      }),
      containerStatuses: listAt(status, "containerStatuses").map((one) =>
        isObject(one) ? { ...one, ready: false, state: done } : one,
      ),
    });
    return;
  }
  const broken = listAt(pod, "spec", "containers").flatMap((container) => impossibleProbe(container) ?? []);
  const [why] = broken;
  if (why !== undefined) {
    desk.tell(pod, "Warning", "Unhealthy", why);
    return;
  }
  if (hasCondition(pod, "Ready")) return;
  const status = objectAt(pod, "status");
  const ready = ["ContainersReady", "Ready"].reduce<readonly Json[]>(
    (conditions, type) => withCondition(conditions, { type, status: "True" }),
    listAt(status, "conditions"),
  );
  desk.setStatus(pod, {
    ...status,
    conditions: ready,
    containerStatuses: listAt(status, "containerStatuses").map((one) =>
      isObject(one) ? { ...one, ready: true, started: true } : one,
    ),
  });
}

/** impossibleProbe: a readiness or startup probe that asks a port by a name which no port of the container has. */
function impossibleProbe(container: Json): string | undefined {
  const names = listAt(container, "ports").map((port) => textAt(port, "name"));
  for (const probe of ["readinessProbe", "startupProbe"])
    for (const handler of ["httpGet", "tcpSocket"]) {
      const port = at(container, probe, handler, "port");
      if (typeof port === "string" && !/^\d+$/.test(port) && !names.includes(port))
        return `${probe === "readinessProbe" ? "Readiness" : "Startup"} probe errored: strconv.Atoi: parsing ${JSON.stringify(port)}: invalid syntax`;
    }
  return undefined;
}

function runningStatus(pod: KubernetesObjectLike, node: KubernetesObjectLike, desk: Desk): JsonObject {
  const now = timestamp();
  const hostIP = hostAddress(node);
  const podIP =
    textAt(pod, "status", "podIP") ??
    (at(pod, "spec", "hostNetwork") === true ? hostIP : freePodAddress(node, desk));
  const first = listAt(pod, "spec", "initContainers").filter(
    (one) => textAt(one, "restartPolicy") !== "Always",
  );
  return {
    ...objectAt(pod, "status"),
    phase: "Running",
    hostIP,
    hostIPs: [{ ip: hostIP }],
    podIP,
    podIPs: [{ ip: podIP }],
    startTime: now,
    conditions: conditionsOf(pod, "False", "ContainersNotReady"),
    containerStatuses: listAt(pod, "spec", "containers").map((container) => ({
      ...statusOf(container),
      ready: false,
      started: false,
      state: { running: { startedAt: now } },
    })),
    ...(first.length === 0
      ? {}
      : {
          initContainerStatuses: first.map((container) => ({
            ...statusOf(container),
            ready: true,
            state: { terminated: { exitCode: 0, reason: "Completed", finishedAt: now } },
          })),
        }),
  };
}

function waitingStatus(
  pod: KubernetesObjectLike,
  node: KubernetesObjectLike,
  reason: string,
  message: string,
): JsonObject {
  return {
    ...objectAt(pod, "status"),
    phase: "Pending",
    hostIP: hostAddress(node),
    conditions: conditionsOf(pod, "False", "ContainersNotReady"),
    containerStatuses: listAt(pod, "spec", "containers").map((container) => ({
      ...statusOf(container),
      ready: false,
      started: false,
      state: { waiting: { reason, ...(reason === "ContainerCreating" ? {} : { message }) } },
    })),
  };
}

function silentStatus(pod: KubernetesObjectLike): JsonObject {
  const status = objectAt(pod, "status");
  const condition = { type: "Ready", status: "False", reason: "NodeNotReady" } as const;
  return { ...status, conditions: withCondition(listAt(status, "conditions"), condition) };
}

function conditionsOf(pod: KubernetesObjectLike, ready: "True" | "False", reason: string): readonly Json[] {
  return [
    { type: "PodScheduled", status: "True" } as const,
    { type: "Initialized", status: "True" } as const,
    { type: "ContainersReady", status: ready, reason },
    { type: "Ready", status: ready, reason },
  ].reduce<readonly Json[]>(withCondition, listAt(pod, "status", "conditions"));
}

function statusOf(container: Json): JsonObject {
  const image = textAt(container, "image") ?? "";
  return { name: textAt(container, "name") ?? "", image, imageID: image, restartCount: 0 };
}

function hostAddress(node: KubernetesObjectLike): string {
  const internal = listAt(node, "status", "addresses").find((one) => textAt(one, "type") === "InternalIP");
  return textAt(internal, "address") ?? "";
}

/** freePodAddress of a node's own range; the first host of it is the node's bridge. */
function freePodAddress(node: KubernetesObjectLike, desk: Desk): string {
  const [base = "0.0.0.0"] = (textAt(node, "spec", "podCIDR") ?? "").split("/");
  const used = new Set(desk.every("v1", "Pod").map((pod) => textAt(pod, "status", "podIP")));
  for (let number = numberOf(base) + 2; ; number++)
    if (!used.has(addressOf(number))) return addressOf(number);
}
