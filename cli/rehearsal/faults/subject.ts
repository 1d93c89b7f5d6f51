import { join, resolve } from "node:path";
import type { Layout } from "../../../lab/rehearse/subject";
import type { FaultsSubject } from "../../../lab/rehearse/faults/subject";
import { loadModel } from "../../../load-cluster";
import { siteOf } from "../site";
import { laidOut } from "../subject";
import { addressesOf, apiSchemaFile, dhcpOf, edgeRole, edgesOf } from "../surroundings";
import { variablesOf } from "../variables";

/** faultsSubject is a small cluster of its own: what a fault does depends on Proxmox, not on the operator's file. */
export function faultsSubject(): FaultsSubject {
  const whole = layoutOf("whole");
  const { clusters } = loadModel(whole.file).model;
  const schema = apiSchemaFile();
  return {
    subject: {
      project: resolve(__dirname, "..", "..", ".."),
      site: {
        site: siteOf(clusters),
        edges: edgesOf(clusters),
        edgeRole: edgeRole(clusters),
        addresses: addressesOf(clusters),
        dhcp: dhcpOf(clusters),
        ...(schema !== undefined && { apiSchemaFile: schema }),
      },
      kubernetes: "simulated",
      variables: variablesOf(clusters),
      original: whole,
      oneMoreWorker: whole,
      editedCloudInit: whole,
      unprotected: whole,
    },
    shapes: { whole, edited: layoutOf("edited"), smaller: layoutOf("smaller") },
    foreign: 100,
  };
}

function layoutOf(name: "whole" | "edited" | "smaller"): Layout {
  const file = join(__dirname, `${name}.ts`);
  return { file, clusters: loadModel(file).model.clusters.map(laidOut) };
}
