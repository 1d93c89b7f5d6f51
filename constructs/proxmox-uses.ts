import { machinesOf } from "../config/load-balancers";
import type { Cluster, Datastore, Proxmox } from "../config/model";

/** hostNamesOf the hosts that a VM of the cluster is on, each once. */
export function hostNamesOf(cluster: Cluster): string[] {
  return [...new Set([...cluster.template.vms, ...machinesOf(cluster)].map((vm) => vm.host.name))];
}

/** DatastoreUse is what one field of `proxmox` names, and the content that its store has to take. */
export interface DatastoreUse {
  readonly field: Extract<keyof Proxmox, "disks" | "images" | "snippets">;
  readonly datastore: Datastore;
  readonly content: "images" | "import" | "iso" | "snippets";
}

export function datastoreUsesOf({ proxmox, template }: Cluster): readonly DatastoreUse[] {
  const image = template.source.kind === "iso" ? "iso" : "import";
  return [
    { field: "disks", datastore: proxmox.disks, content: "images" },
    { field: "images", datastore: proxmox.images, content: image },
    { field: "snippets", datastore: proxmox.snippets, content: "snippets" },
  ];
}

/** PlannedVm, by what Proxmox knows it. */
export interface PlannedVm {
  readonly vmId: number;
  readonly name: string;
}

/** plannedVmsOf a cluster: templates, their installers and every machine. */
export function plannedVmsOf(cluster: Cluster): PlannedVm[] {
  const templates = cluster.template.vms.flatMap(({ installer, vmId, name }) => [
    ...(installer === undefined ? [] : [{ vmId: installer.vmId, name: installer.name }]),
    { vmId, name },
  ]);
  return [...templates, ...machinesOf(cluster).map(({ vmId, vmName }) => ({ vmId, name: vmName }))];
}

/** clusterTag, on every VM of ours: by it a plan tells its own VMs from strangers with the same id. */
export function clusterTag(clusterName: string): string {
  return `slipway-${clusterName}`;
}
