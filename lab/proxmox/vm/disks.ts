import { badParameter, died, reasonOf } from "../api/api-error";
import type { Call } from "../api/call";
import {
  type Drive,
  isCdrom,
  isCloudInitDrive,
  parseDrive,
  printDrive,
  splitVolumeId,
} from "../properties/drive";
import { parseSize } from "../properties/size";
import { asBase, copyDisk } from "./create-disks";
import { addUnused, assertUnlocked, isTemplate, type Vm } from "./vm";

/** resizeDisk answers PUT …/resize: disks grow, equal is nothing to do, smaller is refused by the worker. */
export function resizeDisk(call: Call): string {
  const vm = call.cluster.vm(call.node, call.vmId);
  call.check(`/vms/${vm.id}`, "VM.Config.Disk");
  const name = call.parameters.required("disk");
  const wanted = call.parameters.required("size");
  return call.startTask("resize", vm.id, () => {
    assertUnlocked(vm);
    const drive = diskNamed(vm, name);
    if (isCdrom(drive)) throw died("you can't resize a cdrom");
    const storage = splitVolumeId(drive.file)?.storage ?? "";
    call.check(`/storage/${storage}`, "Datastore.AllocateSpace");
    const volume = call.cluster.storages.volume(vm.host, drive.file);
    const size = (parseSize(wanted.replace(/^\+/, "")) ?? 0) + (wanted.startsWith("+") ? volume.bytes : 0);
    if (size < volume.bytes) throw died("shrinking disks is not supported");
    if (size === volume.bytes) return;
    call.cluster.storages.get(storage).assertSpace(vm.host, 0);
    volume.bytes = size;
    vm.config.set(name, printDrive({ ...drive, size }));
  });
}

/** moveDisk answers POST …/move_disk. */
export function moveDisk(call: Call): string {
  const { cluster } = call;
  const vm = cluster.vm(call.node, call.vmId);
  const name = call.parameters.required("disk");
  const storage = call.parameters.required("storage");
  const format = call.parameters.text("format");
  call.check(`/vms/${vm.id}`, "VM.Config.Disk");
  call.check(`/storage/${storage}`, "Datastore.AllocateSpace");
  const check = (): Drive => {
    assertUnlocked(vm);
    const drive = diskNamed(vm, name);
    if (isCdrom(drive) && !isCloudInitDrive(drive)) throw died("you can't move a cdrom");
    const volume = cluster.storages.volume(vm.host, drive.file);
    if (volume.storage === storage && (format === undefined || format === volume.format)) {
      throw died("you can't move to the same storage with same format");
    }
    if (!cluster.storages.get(storage).holds("images")) {
      throw badParameter({ storage: `storage '${storage}' does not support vm images` });
    }
    return drive;
  };
  check();
  return call.startTask("qmmove", vm.id, (log) => {
    const drive = check();
    const old = cluster.storages.volume(vm.host, drive.file);
    try {
      const copy = copyDisk(cluster, vm, old, storage, format);
      const moved = isTemplate(vm) ? asBase(cluster, vm.host, copy) : copy;
      vm.config.set(name, printDrive({ ...drive, file: moved.volid, size: moved.bytes }));
    } catch (error) {
      throw died(`storage migration failed: ${reasonOf(error)}`);
    }
    if (call.parameters.flag("delete")) cluster.storages.free(vm.host, old.volid);
    else log.print(`adding source volume '${old.volid}' as '${addUnused(vm.config, old.volid)}' to config`);
  });
}

function diskNamed(vm: Vm, name: string): Drive {
  const value = vm.config.get(name);
  if (value === undefined) throw died(`disk '${name}' does not exist`);
  return parseDrive(value);
}
