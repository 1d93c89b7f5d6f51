import type { Lab } from "../..";
import type { KubernetesObjectLike } from "../../kubernetes/contract";
import { textAt } from "../../kubernetes/json";
import { expectAnswers, expectChanges, expectEveryNodeReady } from "../expect";
import { belongsTo, type Change, countsOf } from "../plan";
import type { Step } from "../step";
import { StepFailed } from "../step-failed";
import { addressesOf, type LaidOutCluster, type Upgraded } from "../subject";
import { until } from "../until";

/** Another rke2.version touches no machine: plans bring it to running nodes, each server before any worker. */
export function upgrade(upgraded: Upgraded): Step {
  return {
    name: "another RKE2 version: no machine touched, servers one by one, then workers",
    async run({ program, lab }, say) {
      await program.synth(upgraded.file);
      const changes = await program.plan();
      expectChanges("another rke2.version", changes, isOfUpgrade);
      for (const stack of new Set(changes.map((change) => change.stack))) {
        say(stack);
        await program.applyPlanned(stack);
      }
      const seen: string[] = [];
      for (const cluster of upgraded.clusters) {
        const version = upgraded.versions[cluster.name];
        if (version !== undefined) seen.push(await expectUpgraded(lab, cluster, version));
      }
      await expectEveryNodeReady(lab, upgraded);
      return { ...countsOf(changes), seen: [...seen, ...(await expectAnswers(lab, upgraded))] };
    },
  };
}

/** isOfUpgrade: a document for machines to come, which is written anew, or a plan for those that run. */
function isOfUpgrade({ type, actions, address }: Change): boolean {
  const isPlan = ["server-plan", "agent-plan"].some((plan) => belongsTo(`upgrade-${plan}`, address));
  return type === "proxmox_virtual_environment_file" || (isPlan && actions.join() === "update");
}

async function expectUpgraded(
  lab: Lab,
  { name, servers, workers }: LaidOutCluster,
  version: string,
): Promise<string> {
  let objects: readonly KubernetesObjectLike[] = [];
  const lagging = (): string[] =>
    objects
      .filter(({ kind }) => kind === "Node")
      .map((node) => ({ of: node.metadata.name, at: textAt(node, "status", "nodeInfo", "kubeletVersion") }))
      .flatMap(({ of, at }) => (at === version ? [] : [`${of} is at ${at ?? "no version"}`]));
  const isDone = await until(async () => {
    objects = await lab.cluster(addressesOf(servers)).objects();
    return lagging().length === 0;
  });
  if (!isDone) {
    const told = eventsOf(objects).map((event) => textAt(event, "message") ?? "");
    throw new StepFailed(`cluster ${name} is not at ${version}: ${lagging().join(", ")}`, told.join("\n"));
  }
  const order = eventsOf(objects).flatMap(
    (event) => /^Job completed on Node (\S+)$/.exec(textAt(event, "message") ?? "")?.[1] ?? [],
  );
  const first = order.slice(0, servers.length).sort();
  const then = order.slice(servers.length).sort();
  if (first.join() !== namesOf(servers) || then.join() !== namesOf(workers))
    throw new StepFailed(`cluster ${name} was upgraded in this order: ${order.join(", ")}`);
  return `${name} is at ${version}: ${order.join(", ")}`;
}

/** eventsOf plans, the oldest first. */
function eventsOf(objects: readonly KubernetesObjectLike[]): KubernetesObjectLike[] {
  const age = ({ metadata }: KubernetesObjectLike): number => Number(metadata.resourceVersion);
  return objects
    .filter((each) => each.kind === "Event" && textAt(each, "involvedObject", "kind") === "Plan")
    .sort((one, other) => age(one) - age(other));
}

function namesOf(nodes: LaidOutCluster["workers"]): string {
  return nodes
    .map((node) => node.name)
    .sort()
    .join();
}
