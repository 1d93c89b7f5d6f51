import type { LabStorage } from "../../site";

/** isFileBased: volumes are files in folders, so names carry a suffix and a folder per VM. */
export const isFileBased = (type: LabStorage["type"]): boolean => type === "dir" || type === "nfs";

/** namesItsBase: a linked clone's name starts with its base volume. LVM-thin forgets where a clone came from. */
export const namesItsBase = (type: LabStorage["type"]): boolean => type !== "lvmthin";

/** diskFormats a storage can hold, the default first. */
export const diskFormats = (type: LabStorage["type"]): readonly string[] =>
  isFileBased(type) ? ["raw", "qcow2", "vmdk"] : ["raw"];

export function diskName(type: LabStorage["type"], vmId: number, index: number, format: string): string {
  const name = `vm-${vmId}-disk-${index}`;
  return isFileBased(type) ? `${vmId}/${name}.${format}` : name;
}

export function cloudInitName(type: LabStorage["type"], vmId: number): string {
  return isFileBased(type) ? `${vmId}/vm-${vmId}-cloudinit.qcow2` : `vm-${vmId}-cloudinit`;
}

/** baseName of a disk once its VM is a template. */
export const baseName = (name: string): string => name.replace(/(^|\/)vm-(\d+-disk-\d+[^/]*)$/, "$1base-$2");

export const isBaseName = (name: string): boolean => /(^|\/)base-\d+-disk-\d+[^/]*$/.test(name);

export function linkedCloneName(
  type: LabStorage["type"],
  base: string,
  vmId: number,
  index: number,
  format: string,
): string {
  const name = diskName(type, vmId, index, format);
  return namesItsBase(type) ? `${base}/${name}` : name;
}

/** diskIndexOf reads N out of `vm-ID-disk-N` or `base-ID-disk-N`. */
export function diskIndexOf(name: string, vmId: number): number | undefined {
  const match = /(?:^|\/)(?:vm|base)-(\d+)-disk-(\d+)[^/]*$/.exec(name);
  return match && Number(match[1]) === vmId ? Number(match[2]) : undefined;
}
