import { badParameter, died } from "../api/api-error";
import type { Call } from "../api/call";
import {
  type Drive,
  isCdrom,
  isCloudInitDrive,
  isDriveName,
  newDiskOf,
  parseDrive,
  splitVolumeId,
} from "../properties/drive";
import { parseNet } from "../properties/net";
import { privilegesFor } from "../properties/options";
import { PropertyError } from "../properties/property-string";
import { contentOf } from "../storage/content";

/** checkOptionPrivileges: each option has its privilege, some are for root@pam alone. */
export function checkOptionPrivileges(
  call: Call,
  vmId: number,
  names: readonly string[],
  pool?: string,
): void {
  if (call.caller.isRoot) return;
  for (const name of names) {
    const needed = privilegesFor(name);
    if (needed === "elsewhere") continue;
    if (needed === "root") throw died(`only root can set '${name}' config`);
    call.checkVm(vmId, needed, pool);
    if (name === "startup") call.check("/", "Sys.Modify");
  }
}

/** checkValues looks at options whose privilege depends on their value. */
export function checkValues(
  call: Call,
  vmId: number,
  options: readonly [string, string][],
  pool?: string,
): void {
  for (const [name, value] of options) {
    if (/^net\d+$/.test(name)) checkBridge(call, value);
    if (call.caller.isRoot) continue;
    if (/^serial\d+$/.test(name)) {
      if (value !== "socket") throw died(`only root can set '${name}' config for real devices`);
      call.checkVm(vmId, ["VM.Config.HWType"], pool);
    } else if (name === "rng0") {
      call.checkVm(vmId, ["VM.Config.HWType"], pool);
    } else if (name === "tags") {
      call.checkVm(vmId, ["VM.Config.Options"], pool);
    } else if (/^hostpci\d+$/.test(name) && !value.includes("mapping=")) {
      throw died(`only root can set '${name}' config for non-mapped devices`);
    } else if (/^usb\d+$/.test(name) && /host=(?!spice)/.test(value)) {
      throw died(`only root can set '${name}' config for real devices`);
    }
  }
}

/** checkDrives refuses drives that cannot be parsed, or whose storage or source the caller may not use. */
export function checkDrives(call: Call, vmId: number, options: readonly [string, string][]): void {
  for (const [name, value] of options) {
    if (!isDriveName(name)) continue;
    const drive = driveOf(name, value);
    checkTarget(call, vmId, name, drive);
    const source = drive.options.get("import-from");
    if (source !== undefined) checkSource(call, vmId, name, drive, source);
  }
}

/** checkDriveChange: cloud-init, CD-ROM and disk drives need different privileges. */
export function checkDriveChange(call: Call, vmId: number, drive: Drive): void {
  if (isCloudInitDrive(drive)) {
    call.check(`/vms/${vmId}`, "VM.Config.Cloudinit");
    call.check(`/vms/${vmId}`, "VM.Config.CDROM");
  } else {
    call.check(`/vms/${vmId}`, isCdrom(drive) ? "VM.Config.CDROM" : "VM.Config.Disk");
  }
}

export function driveOf(name: string, value: string): Drive {
  try {
    return parseDrive(value);
  } catch (error) {
    if (error instanceof PropertyError)
      throw badParameter({ [name]: `invalid format - format error\n${name}: ${error.message}\n` });
    throw error;
  }
}

export function checkBridge(call: Call, net: string): void {
  const { bridge, vlan } = parseNet(net);
  if (bridge === undefined) return;
  call.check(`/sdn/zones/localnetwork/${bridge}${vlan === undefined ? "" : `/${vlan}`}`, "SDN.Use");
}

/** checkVolumeAccess: using an image or ISO needs a look at its storage, another machine's disk the storage itself. */
export function checkVolumeAccess(call: Call, vmId: number, volid: string): void {
  const parts = splitVolumeId(volid);
  if (!parts) throw died(`unable to parse volume ID '${volid}'`);
  call.cluster.storages.get(parts.storage);
  const { content, owner } = contentOf(parts.name);
  const path = `/storage/${parts.storage}`;
  if (content === "images" && owner !== vmId) call.check(path, "Datastore.Allocate");
  else if (content === "images") call.check(path, "Datastore.AllocateSpace", "Datastore.Allocate");
  else call.check(path, "Datastore.AllocateSpace", "Datastore.Audit");
}

function checkTarget(call: Call, vmId: number, name: string, drive: Drive): void {
  const { file } = drive;
  if (file === "none" || isCloudInitDrive(drive)) return;
  if (file === "cdrom") return call.check("/", "Sys.Console");
  const fresh = newDiskOf(file);
  if (fresh && !isCdrom(drive)) {
    call.check(`/storage/${fresh.storage}`, "Datastore.AllocateSpace");
    if (!call.cluster.storages.get(fresh.storage).holds("images")) {
      throw badParameter({ storage: `storage '${fresh.storage}' does not support vm images` });
    }
    return;
  }
  checkVolumeAccess(call, vmId, file);
  const { content } = contentOf(splitVolumeId(file)?.name ?? "");
  if (content !== "images" && content !== "iso") {
    throw badParameter({ [name]: "content type needs to be 'images' or 'iso'" });
  }
  if (content === "iso" && !isCdrom(drive)) {
    throw badParameter({ [name]: "explicit 'media=cdrom' is required for iso images" });
  }
}

function checkSource(call: Call, vmId: number, name: string, drive: Drive, source: string): void {
  if (newDiskOf(drive.file)?.gibibytes !== 0) {
    throw badParameter({
      [name]: "'import-from' requires special syntax - use <storage ID>:0,import-from=<source>",
    });
  }
  const parts = splitVolumeId(source);
  if (!parts) throw badParameter({ [name]: "Only root can pass arbitrary filesystem paths." });
  call.cluster.storages.get(parts.storage);
  const { content, owner } = contentOf(parts.name);
  if (content !== "images" && content !== "import") {
    throw badParameter({
      [name]: `${source} has wrong type '${content}' - needs to be 'images' or 'import'`,
    });
  }
  if (owner !== undefined) call.check(`/vms/${owner}`, "VM.Clone");
  else checkVolumeAccess(call, vmId, source);
}
