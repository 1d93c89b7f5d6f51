import type { Cluster } from "../config/model";

/** privilegesWanted, one line per path, as the gate reads them. */
export function privilegesWanted(cluster: Cluster): string {
  return [...privilegesByPath(cluster)]
    .map(([path, privileges]) => [path, ...privileges].join(" "))
    .join("\n");
}

/**
 * privilegesByPath on a Proxmox VE 9 installation: what the provider's requests for this cluster ask for, as the API's
 * own schema states it.
 * @see https://pve.proxmox.com/pve-docs/chapter-pveum.html#pveum_permission_management
 */
export function privilegesByPath({ proxmox, template }: Cluster): ReadonlyMap<string, ReadonlySet<string>> {
  const wanted = new Map<string, Set<string>>();
  const want = (path: string, privileges: readonly string[]): void => {
    wanted.set(path, new Set([...(wanted.get(path) ?? []), ...privileges]));
  };
  want("/vms", vmPrivileges);
  want(`/pool/${proxmox.pool}`, ["Pool.Allocate", "Pool.Audit"]);
  want(`/storage/${proxmox.disks.id}`, ["Datastore.AllocateSpace"]);
  // Deleting a file and reading a storage's path ask for Datastore.Allocate.
  want(`/storage/${proxmox.snippets.id}`, ["Datastore.Allocate", "Datastore.Audit"]);
  want(`/storage/${proxmox.images.id}`, [
    "Datastore.Allocate",
    "Datastore.AllocateTemplate",
    "Datastore.Audit",
  ]);
  // A host that downloads an image for us asks for this.
  for (const vm of template.vms) want(`/nodes/${vm.host.name}`, ["Sys.AccessNetwork"]);
  want(`/sdn/zones/localnetwork/${proxmox.bridge}`, ["SDN.Use"]);
  return wanted;
}

const vmPrivileges = [
  "VM.Allocate",
  "VM.Audit",
  "VM.Clone",
  "VM.Config.CDROM",
  "VM.Config.CPU",
  "VM.Config.Cloudinit",
  "VM.Config.Disk",
  "VM.Config.HWType",
  "VM.Config.Memory",
  "VM.Config.Network",
  "VM.Config.Options",
  "VM.PowerMgmt",
];
