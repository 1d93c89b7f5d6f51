import type { KubernetesObjectLike } from "../../contract";
import { listAt, textAt } from "../../json";
import { changed, keyOf, type Key } from "../controller";
import { type Desk, hasCondition } from "../desk";
import { running } from "../installation";
import type { Change } from "../../store/store";

export const metallb = "metallb.io/v1beta1";

const labels = (component: string): Readonly<Record<string, string>> => ({
  "app.kubernetes.io/name": "metallb",
  "app.kubernetes.io/component": component,
});

/** controllerDeployment of MetalLB, once it is Available; it reads pools of its own namespace only. */
export function controllerDeployment(desk: Desk): KubernetesObjectLike | undefined {
  return running(desk, labels("controller"));
}

/** speakerNodes are the names of nodes on which a speaker is ready. */
export function speakerNodes(desk: Desk, namespace: string): readonly string[] {
  const wanted = Object.entries(labels("speaker"));
  return desk
    .every("v1", "Pod", namespace)
    .filter((pod) => wanted.every(([key, value]) => pod.metadata.labels?.[key] === value))
    .filter((pod) => hasCondition(pod, "Ready"))
    .map((pod) => textAt(pod, "spec", "nodeName") ?? "");
}

/** addressesOf a Service: those that were assigned to it. */
export function addressesOf(service: KubernetesObjectLike): readonly string[] {
  return listAt(service, "status", "loadBalancer", "ingress").flatMap((one) => textAt(one, "ip") ?? []);
}

/** servicesConcerned: one Service, or all of type LoadBalancer when something changed that MetalLB's answer rests on. */
export function servicesConcerned(change: Change, desk: Desk, others: ReadonlySet<string>): readonly Key[] {
  const object = changed(change);
  if (object.kind === "Service") {
    const isGone = change.after === undefined;
    return isGone && addressesOf(object).length > 0 ? allOf(desk, object) : [keyOf(object)];
  }
  return others.has(object.kind) ? allOf(desk) : [];
}

function allOf(desk: Desk, ...more: readonly KubernetesObjectLike[]): readonly Key[] {
  const services = desk
    .every("v1", "Service")
    .filter((one) => textAt(one, "spec", "type") === "LoadBalancer");
  return [...services, ...more].map(keyOf);
}
