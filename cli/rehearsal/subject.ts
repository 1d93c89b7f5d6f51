import { resolve } from "node:path";
import type { Cluster, ClusterNode } from "../../config/model";
import type { LaidOutCluster, LaidOutNode, Layout, Subject } from "../../lab/rehearse/subject";
import { loadModel } from "../../load-cluster";
import { siteOf } from "./site";
import { addressesOf, apiSchemaFile, dhcpOf } from "./surroundings";
import { writeVariants } from "./variants";

/** subjectOf a cluster file: what it asks for, the site that has it, and the edits a rehearsal makes to it. */
export async function subjectOf(name: string | undefined): Promise<Subject> {
  const file = resolve(name === undefined || name === "" ? "cluster.ts" : name);
  loadModel(file);
  const variants = await writeVariants(file);
  const largest = loadModel(variants.oneMoreWorker).model.clusters;
  const schema = apiSchemaFile();
  return {
    project: resolve(__dirname, "..", ".."),
    site: {
      site: siteOf(largest),
      addresses: addressesOf(largest),
      dhcp: dhcpOf(largest),
      ...(schema !== undefined && { apiSchemaFile: schema }),
    },
    original: layoutOf(file),
    oneMoreWorker: layoutOf(variants.oneMoreWorker),
    editedCloudInit: layoutOf(variants.editedCloudInit),
    unprotected: layoutOf(variants.unprotected),
  };
}

function layoutOf(file: string): Layout {
  return { file, clusters: loadModel(file).model.clusters.map(laidOut) };
}

function laidOut({ name, servers, workers }: Cluster): LaidOutCluster {
  return { name, servers: servers.map(nodeOf), workers: workers.map(nodeOf) };
}

function nodeOf({ name, vmId, address }: ClusterNode): LaidOutNode {
  return { name, vmId, address };
}
