import { IMAGE } from "./site";
import type { Stand } from "./lab";

/** imported puts a cloud image on a host's storage. */
export const imported = (stand: Stand, host = "pve1", storage = "local"): Promise<string> =>
  stand.run("POST", `/nodes/${host}/storage/${storage}/download-url`, {
    content: "import",
    filename: "noble.qcow2",
    url: IMAGE,
  });

/** createdVm makes a machine with one disk. */
export const createdVm = (
  stand: Stand,
  id: number,
  options: Readonly<Record<string, string>> = {},
  host = "pve1",
): Promise<string> =>
  stand.run("POST", `/nodes/${host}/qemu`, {
    vmid: String(id),
    name: `vm-${id}`,
    memory: "2048",
    boot: "order=scsi0;net0",
    net0: "model=virtio,bridge=vmbr0",
    scsi0: "file=local-lvm:8,size=8589934592",
    ...options,
  });

/** template makes a machine and turns it into a template. */
export async function template(
  stand: Stand,
  id: number,
  options: Readonly<Record<string, string>> = {},
): Promise<string> {
  const created = await createdVm(stand, id, options);
  return created === "OK" ? stand.run("POST", `/nodes/pve1/qemu/${id}/template`) : created;
}
