import { resolve } from "node:path";
import { loadBalancersOf } from "../../config/load-balancers";
import type { Cluster, Machine } from "../../config/model";
import type { LaidOutCluster, LaidOutNode, Layout, Subject, Upgraded } from "../../lab/rehearse/subject";
import { loadModel } from "../../load-cluster";
import { kubernetesAsked } from "./kubernetes";
import { replaceableOf } from "./replaceable";
import { requestsOf } from "./requests";
import { surroundingsOf } from "./surroundings";
import { variablesOf } from "./variables";
import { writeVariants } from "./variants";

/** subjectOf a cluster file: what it asks for, the site that has it, and the edits a rehearsal makes to it. */
export async function subjectOf(name: string | undefined): Promise<Subject> {
  const file = resolve(name === undefined || name === "" ? "cluster.ts" : name);
  const asked = loadModel(file).model.clusters;
  const kubernetes = kubernetesAsked(process.env, asked);
  const replaced = [...new Set(asked.flatMap(replaceableOf))];
  const upgraded = kubernetes === "real" ? [] : asked.filter(isUpgraded).map((cluster) => cluster.name);
  const variants = await writeVariants(file, replaced, upgraded);
  const largest = loadModel(variants.oneMoreWorker).model.clusters;
  return {
    project,
    site: surroundingsOf(largest),
    kubernetes,
    variables: variablesOf(largest),
    original: layoutOf(file),
    oneMoreWorker: layoutOf(variants.oneMoreWorker),
    ...(largest.some(({ routes }) => routes.length > 0) && { oneMoreRoute: layoutOf(variants.oneMoreRoute) }),
    ...(replaced.length > 0 && {
      newVersion: { ...layoutOf(variants.newVersion), services: replaced },
    }),
    ...(upgraded.length > 0 && { upgraded: upgradedOf(variants.upgraded, upgraded) }),
    editedCloudInit: layoutOf(variants.editedCloudInit),
    ...(mayBeRefused(asked) && { initialiseAllowed: layoutOf(variants.initialiseAllowed) }),
    unprotected: layoutOf(variants.unprotected),
  };
}

/** uneditedSubject of a file that is struck or edited by hand, so that none of a rehearsal's own edits is written. */
export function uneditedSubject(file: string): Subject {
  const { clusters } = loadModel(file).model;
  const layout: Layout = { file, clusters: clusters.map(laidOut) };
  return {
    project,
    site: surroundingsOf(clusters),
    kubernetes: "simulated",
    variables: variablesOf(clusters),
    original: layout,
    oneMoreWorker: layout,
    editedCloudInit: layout,
    unprotected: layout,
  };
}

const project = resolve(__dirname, "..", "..");

/** mayBeRefused: a server of theirs that is rebuilt alone does not begin another cluster by itself. */
function mayBeRefused(clusters: readonly Cluster[]): boolean {
  const several = clusters.filter(({ servers }) => servers.length > 1);
  return several.length > 0 && several.every(({ rke2 }) => rke2.initialise === "first-day");
}

/** isUpgraded in a rehearsal: nodes follow the version, and its release is where the lab can serve it. */
function isUpgraded({ upgrades, rke2 }: Cluster): boolean {
  return upgrades !== undefined && rke2.artifacts === undefined;
}

function upgradedOf(file: string, names: readonly string[]): Upgraded {
  const clusters = loadModel(file).model.clusters.filter(({ name }) => names.includes(name));
  const versions = Object.fromEntries(clusters.map(({ name, rke2 }) => [name, rke2.version]));
  return { ...layoutOf(file), versions };
}

export function layoutOf(file: string): Layout {
  return { file, clusters: loadModel(file).model.clusters.map(laidOut) };
}

/** laidOut is what a rehearsal has to know of a cluster. */
export function laidOut(cluster: Cluster): LaidOutCluster {
  return {
    name: cluster.name,
    servers: cluster.servers.map(nodeOf),
    workers: cluster.workers.map(nodeOf),
    loadBalancers: loadBalancersOf(cluster).map(nodeOf),
    routes: cluster.routes.map(({ name }) => name),
    hostsInFront: cluster.edge?.hosts.map(({ name }) => name) ?? [],
    requests: requestsOf(cluster),
  };
}

function nodeOf({ name, vmId, address }: Machine): LaidOutNode {
  return { name, vmId, address };
}
