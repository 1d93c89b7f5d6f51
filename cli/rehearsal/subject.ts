import { resolve } from "node:path";
import { loadModel } from "../../load-cluster";
import type { Cluster, ClusterNode } from "../../config/model";
import type { LaidOutCluster, LaidOutNode, Layout, Subject } from "../../lab/rehearse/subject";
import { siteOf } from "./site";
import { writeVariants } from "./variants";

/** subjectOf a cluster file: what it asks for, the site that has it, and the edits a rehearsal makes to it. */
export async function subjectOf(name: string | undefined): Promise<Subject> {
  const file = resolve(name === undefined || name === "" ? "cluster.ts" : name);
  const { clusters } = loadModel(file).model;
  const variants = await writeVariants(file);
  return {
    project: resolve(__dirname, "..", ".."),
    site: siteOf(clusters),
    original: layoutOf(file),
    oneMoreWorker: layoutOf(variants.oneMoreWorker),
    editedCloudInit: layoutOf(variants.editedCloudInit),
    unprotected: layoutOf(variants.unprotected),
  };
}

function layoutOf(file: string): Layout {
  return { file, clusters: loadModel(file).model.clusters.map(laidOut) };
}

function laidOut({ name, api, servers, workers }: Cluster): LaidOutCluster {
  return { name, api: api.address, servers: servers.map(nodeOf), workers: workers.map(nodeOf) };
}

function nodeOf({ name, vmId, address }: ClusterNode): LaidOutNode {
  return { name, vmId, address };
}
