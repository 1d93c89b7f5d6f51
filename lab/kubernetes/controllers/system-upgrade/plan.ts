import { createHash } from "node:crypto";
import type { KubernetesObjectLike } from "../../contract";
import { numberAt, objectAt, textAt, textsAt } from "../../json";
import { matchesSelector } from "../../store/selector";
import type { Desk } from "../desk";

export const planKind = { apiVersion: "upgrade.cattle.io/v1", kind: "Plan" } as const;

/** PlanTarget is what a plan wants of a node: a version, and the hash that says so on nodes that have it. */
export interface PlanTarget {
  /** tag of the upgrade's image: the version with each plus as a dash. */
  readonly tag: string;
  readonly hash: string;
  /** label on nodes that this plan is done with. */
  readonly label: string;
}

/** targetOf a plan that names a version (system-upgrade-controller: pkg/upgrade/plan/plan.go DigestStatus). */
export function targetOf(plan: KubernetesObjectLike): PlanTarget | undefined {
  const version = textAt(plan, "spec", "version") ?? "";
  if (version === "") return undefined;
  const tag = version.replaceAll("+", "-");
  const account = textAt(plan, "spec", "serviceAccountName") ?? "";
  const hash = createHash("sha224").update(`${tag}${account}`).digest("hex");
  return { tag, hash, label: `plan.upgrade.cattle.io/${plan.metadata.name}` };
}

/** nodesToDo: those in work first, then as many others as the plan's concurrency leaves room for. */
export function nodesToDo(
  plan: KubernetesObjectLike,
  { hash, label }: PlanTarget,
  desk: Desk,
): readonly KubernetesObjectLike[] {
  const selector = objectAt(plan, "spec", "nodeSelector");
  const wanting = desk.every("v1", "Node").filter(({ metadata: { labels = {} } }) => {
    return matchesSelector(selector, labels) && ![hash, "disabled"].includes(labels[label] ?? "");
  });
  const applying = textsAt(plan, "status", "applying");
  const inWork = wanting.filter(({ metadata }) => applying.includes(metadata.name));
  const waiting = wanting.filter((node) => !inWork.includes(node));
  const room = Math.max(0, (numberAt(plan, "spec", "concurrency") ?? 0) - inWork.length);
  return [...inWork, ...waiting.slice(0, room)];
}

/**
 * isPrepared: the prepare container of rke2-upgrade ends when the plan that it names works on nothing and every server
 * runs the version (rke2-upgrade: scripts/upgrade.sh). A plan without one has nothing to wait for.
 */
export function isPrepared(plan: KubernetesObjectLike, { tag }: PlanTarget, desk: Desk): boolean {
  const [command, awaited = ""] = textsAt(plan, "spec", "prepare", "args");
  if (command !== "prepare") return command === undefined;
  const other = desk.find(planKind.apiVersion, planKind.kind, awaited, plan.metadata.namespace);
  const servers = desk.every("v1", "Node").filter(isServer);
  return (
    other !== undefined &&
    textsAt(other, "status", "applying").length === 0 &&
    servers.length > 0 &&
    servers.every((server) => versionOf(server).replaceAll("+", "-") === tag)
  );
}

export function isServer({ metadata: { labels = {} } }: KubernetesObjectLike): boolean {
  return labels["node-role.kubernetes.io/control-plane"] !== undefined;
}

export function versionOf(node: KubernetesObjectLike): string {
  return textAt(node, "status", "nodeInfo", "kubeletVersion") ?? "";
}
