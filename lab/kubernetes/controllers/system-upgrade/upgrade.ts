import type { KubernetesObjectLike } from "../../contract";
import { objectAt, textAt, withoutFields } from "../../json";
import type { Desk } from "../desk";
import { isServer, type PlanTarget, versionOf } from "./plan";

/** upgradeImage that the lab knows the effect of: RKE2's binary is replaced and started anew. */
const upgradeImage = /(^|\/)rancher\/rke2-upgrade:(v[\d.]+)-(rke2r\d+)$/;

/** upgradedVersion that a job's image brings a node to; undefined = the lab does not know what it does. */
export function upgradedVersion(job: KubernetesObjectLike): string | undefined {
  const image = textAt(job, "spec", "template", "spec", "containers", 0, "image") ?? "";
  const [, , version, revision] = upgradeImage.exec(image) ?? [];
  return version === undefined || revision === undefined ? undefined : `${version}+${revision}`;
}

/** harmOf taking a node to a version, which nothing refuses and no cluster survives; undefined = there is none. */
export function harmOf(node: KubernetesObjectLike, version: string, desk: Desk): string | undefined {
  const from = versionOf(node);
  const servers = desk.every("v1", "Node").filter(isServer);
  const older = servers.find((server) => compared(versionOf(server), version) < 0);
  const is = `${node.metadata.name} was taken from ${from} to ${version}`;
  if (compared(version, from) < 0) return `${is}: Kubernetes has no way down`;
  if (minorOf(version) - minorOf(from) > 1) return `${is}: no minor release may be left out`;
  if (!isServer(node) && older !== undefined)
    return `${is} while ${older.metadata.name} was at ${versionOf(older)}: a kubelet may not be newer than its servers`;
  return undefined;
}

/** finish an upgrade: the node's kubelet says it, the plan's label too, and pods may come again. */
export function finish(
  node: KubernetesObjectLike,
  version: string,
  { label, hash }: PlanTarget,
  desk: Desk,
): void {
  const spec = withoutFields(objectAt(node, "spec"), "unschedulable");
  const labels = { ...node.metadata.labels, [label]: hash };
  const done = desk.update({ ...node, metadata: { ...node.metadata, labels }, spec });
  const status = objectAt(done, "status");
  desk.setStatus(done, { ...status, nodeInfo: { ...objectAt(status, "nodeInfo"), kubeletVersion: version } });
}

/** compared releases: below 0 the first is the older one. */
function compared(one: string, other: string): number {
  const numbers = (version: string): number[] => (version.match(/\d+/g) ?? []).map(Number);
  const [first, second] = [numbers(one), numbers(other)];
  const differing = first.findIndex((number, index) => number !== second[index]);
  return differing < 0 ? 0 : (first[differing] ?? 0) - (second[differing] ?? 0);
}

function minorOf(version: string): number {
  return Number(/^v\d+\.(\d+)/.exec(version)?.[1]);
}
