import { createHash } from "node:crypto";
import type { KubernetesObjectLike } from "../../contract";
import { at, listAt, textAt, textsAt } from "../../json";
import { suffix } from "../../store/api";
import { matchesSelector } from "../../store/selector";
import { type Controller, readKey } from "../controller";
import { type Desk, hasCondition } from "../desk";
import { addressesOf, controllerDeployment, metallb, servicesConcerned, speakerNodes } from "./metallb";
import { holds, poolOf } from "./pools";

const concerns = new Set(["IPAddressPool", "L2Advertisement", "EndpointSlice", "Node", "DaemonSet"]);
const excluded = "node.kubernetes.io/exclude-from-external-load-balancers";

/** announcementController is MetalLB's speakers: one node answers for an address, and a ServiceL2Status says which. */
export const announcementController: Controller = {
  name: "metallb-speaker",
  concerned: (change, desk) => servicesConcerned(change, desk, concerns),
  reconcile(key, desk) {
    const { namespace, name } = readKey(key);
    const service = desk.find("v1", "Service", name, namespace);
    const node = service === undefined ? undefined : announcer(service, desk);
    const labels = { "metallb.io/service-name": name, "metallb.io/service-namespace": namespace };
    const statuses = desk
      .every(metallb, "ServiceL2Status")
      .filter(({ metadata }) =>
        Object.entries(labels).every(([label, value]) => metadata.labels?.[label] === value),
      );
    const right = statuses.filter(({ metadata }) => metadata.labels?.["metallb.io/node"] === node);
    for (const status of statuses) if (node === undefined || status !== right[0]) desk.remove(status);
    const home = controllerDeployment(desk)?.metadata.namespace;
    if (service === undefined || node === undefined || home === undefined || right.length > 0)
      return undefined;
    desk.tell(service, "Normal", "nodeAssigned", `announcing from node "${node}" with protocol "layer2"`);
    if (!desk.knows(metallb, "ServiceL2Status")) return undefined;
    const made = desk.create({
      apiVersion: metallb,
      kind: "ServiceL2Status",
      metadata: { name: `l2-${suffix()}`, namespace: home, labels: { ...labels, "metallb.io/node": node } },
    });
    desk.setStatus(made, { node, serviceName: name, serviceNamespace: namespace });
    return undefined;
  },
};

/**
 * announcer is the node that answers ARP for a Service's address: one with a speaker that an L2Advertisement of the
 * address' pool allows, and with a ready pod where the Service's traffic policy is Local.
 * (metallb: speaker/layer2_controller.go)
 */
export function announcer(service: KubernetesObjectLike, desk: Desk): string | undefined {
  const [address] = addressesOf(service);
  const home = controllerDeployment(desk)?.metadata.namespace;
  if (address === undefined || home === undefined || textAt(service, "spec", "type") !== "LoadBalancer")
    return undefined;
  const pool = desk
    .every(metallb, "IPAddressPool", home)
    .map(poolOf)
    .find((one) => holds(one, address));
  if (pool === undefined) return undefined;
  const advertisements = desk.every(metallb, "L2Advertisement", home).filter((advertisement) => {
    const names = textsAt(advertisement, "spec", "ipAddressPools");
    const selectors = listAt(advertisement, "spec", "ipAddressPoolSelectors");
    const services = listAt(advertisement, "spec", "serviceSelectors");
    const covers =
      (names.length === 0 && selectors.length === 0) ||
      names.includes(pool.name) ||
      selectors.some((selector) => matchesSelector(selector, pool.labels));
    const labels = service.metadata.labels ?? {};
    return (
      covers && (services.length === 0 || services.some((selector) => matchesSelector(selector, labels)))
    );
  });
  const behind = nodesBehind(service, desk);
  const isLocal = textAt(service, "spec", "externalTrafficPolicy") === "Local";
  if (behind.size === 0) return undefined;
  const speakers = speakerNodes(desk, home);
  const [leader] = desk
    .every("v1", "Node")
    .filter((node) => speakers.includes(node.metadata.name) && hasCondition(node, "Ready"))
    .filter((node) => node.metadata.labels?.[excluded] === undefined || ignoresExclusion(desk, home))
    .filter((node) => advertisements.some((advertisement) => isAllowed(advertisement, node)))
    .map(({ metadata }) => metadata.name)
    .filter((name) => !isLocal || behind.has(name))
    .sort((one, other) => (rank(one, address) < rank(other, address) ? -1 : 1));
  return leader;
}

function isAllowed(advertisement: KubernetesObjectLike, node: KubernetesObjectLike): boolean {
  const selectors = listAt(advertisement, "spec", "nodeSelectors");
  const labels = node.metadata.labels ?? {};
  return selectors.length === 0 || selectors.some((selector) => matchesSelector(selector, labels));
}

/** nodesBehind a Service: where its ready pods run. */
function nodesBehind(service: KubernetesObjectLike, desk: Desk): ReadonlySet<string> {
  const endpoints = desk
    .every("discovery.k8s.io/v1", "EndpointSlice", service.metadata.namespace)
    .filter(({ metadata }) => metadata.labels?.["kubernetes.io/service-name"] === service.metadata.name)
    .flatMap((slice) => listAt(slice, "endpoints"))
    .filter((endpoint) => at(endpoint, "conditions", "ready") === true);
  return new Set(endpoints.map((endpoint) => textAt(endpoint, "nodeName") ?? ""));
}

function ignoresExclusion(desk: Desk, namespace: string): boolean {
  return desk
    .every("apps/v1", "DaemonSet", namespace)
    .flatMap((set) => listAt(set, "spec", "template", "spec", "containers"))
    .some((container) => textsAt(container, "args").includes("--ignore-exclude-lb"));
}

function rank(node: string, address: string): string {
  return createHash("sha256").update(`${node}#${address}`).digest("hex");
}
