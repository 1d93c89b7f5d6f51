import { died, reasonOf } from "../api/api-error";
import type { Cluster } from "../cluster";
import {
  type Drive,
  isCdrom,
  isCloudInitDrive,
  newDiskOf,
  parseDrive,
  printDrive,
  splitVolumeId,
} from "../properties/drive";
import { GIB, MIB } from "../properties/size";
import { contentOf } from "../storage/content";
import type { Volume } from "../storage/volume";
import { baseName, diskFormats } from "../storage/volume-names";
import type { TaskLog } from "../tasks/tasks";
import { drivesOf, type Vm } from "./vm";

/**
 * createDisks carries out what drive options ask for (new, imported, cloud-init, existing volumes) and returns
 * the values to store. If one fails, what was made before is freed again.
 */
export function createDisks(
  cluster: Cluster,
  vm: Vm,
  drives: readonly [string, string][],
  log: TaskLog,
): Map<string, string> {
  const made: string[] = [];
  const stored = new Map<string, string>();
  try {
    for (const [name, value] of [...drives].sort(([a], [b]) => (a < b ? -1 : 1))) {
      const drive = parseDrive(value);
      drive.options.delete("volume");
      createDisk(cluster, vm, name, drive, stored, made);
      stored.set(name, printDrive(drive));
      log.print(`${name}: successfully created disk '${printDrive(drive)}'`);
    }
    return stored;
  } catch (error) {
    for (const volid of made) cluster.storages.free(vm.host, volid);
    throw error;
  }
}

function createDisk(
  cluster: Cluster,
  vm: Vm,
  name: string,
  drive: Drive,
  stored: ReadonlyMap<string, string>,
  made: string[],
): void {
  const source = drive.options.get("import-from");
  const fresh = newDiskOf(drive.file);
  if (drive.file === "none" || drive.file === "cdrom") {
    delete drive.size;
  } else if (isCloudInitDrive(drive)) {
    createCloudInit(cluster, vm, name, drive, stored, made);
  } else if (fresh) {
    const volume =
      source === undefined
        ? emptyDisk(cluster, vm, name, fresh, drive)
        : importDisk(cluster, vm, fresh.storage, source, drive.options.get("format"));
    made.push(volume.volid);
    const kept = vm.config.get("template") === "1" ? asBase(cluster, vm.host, volume) : volume;
    drive.file = kept.volid;
    drive.size = kept.bytes;
  } else {
    drive.size = cluster.storages.volume(vm.host, drive.file).bytes;
  }
}

function createCloudInit(
  cluster: Cluster,
  vm: Vm,
  name: string,
  drive: Drive,
  stored: ReadonlyMap<string, string>,
  made: string[],
): void {
  const others = [...drivesOf(vm.config), ...drivesOf(stored)].filter(([other]) => other !== name);
  const attached = others.find(([, other]) => isCloudInitDrive(other));
  if (attached) throw died(`${name} - cloud-init drive is already attached at '${attached[0]}'`);
  const parts = splitVolumeId(drive.file);
  if (!parts) throw died("no storage ID specified (and no default storage)");
  if (parts.name === "cloudinit") {
    const volume = cluster.storages.createCloudInit(vm.host, parts.storage, vm.id);
    made.push(volume.volid);
    drive.file = volume.volid;
    delete drive.size;
  } else {
    drive.size = cluster.storages.volume(vm.host, drive.file).bytes;
  }
  drive.options.set("media", "cdrom");
}

function emptyDisk(
  cluster: Cluster,
  vm: Vm,
  name: string,
  fresh: { storage: string; gibibytes: number },
  drive: Drive,
): Volume {
  const fixed = name === "efidisk0" || name === "tpmstate0" ? 4 * MIB : undefined;
  return cluster.storages.createDisk(vm.host, {
    storage: fresh.storage,
    vmId: vm.id,
    bytes: fixed ?? fresh.gibibytes * GIB,
    stored: fixed ?? 0,
    disk: { kind: "empty" },
    format: drive.options.get("format"),
  });
}

function importDisk(
  cluster: Cluster,
  vm: Vm,
  storage: string,
  sourceId: string,
  format: string | undefined,
): Volume {
  try {
    const owner = contentOf(splitVolumeId(sourceId)?.name ?? "").owner;
    const ownerVm = owner === undefined ? undefined : cluster.vms.get(owner);
    if (ownerVm && ownerVm.host !== vm.host) throw died(`owner VM ${owner} not on local node`);
    const source = cluster.storages.find(vm.host, sourceId);
    if (!source) throw died(`could not get size of ${sourceId}`);
    if (isCloudInitDrive({ file: sourceId, options: new Map() }))
      throw died("cannot import from cloudinit disk");
    return copyDisk(cluster, vm, source, storage, format);
  } catch (error) {
    throw died(`cannot import from '${sourceId}' - ${reasonOf(error)}`);
  }
}

/** copyDisk makes a full copy for a machine; the source's format is kept where the storage can hold it. */
export function copyDisk(
  cluster: Cluster,
  vm: Vm,
  source: Volume,
  storage: string,
  format: string | undefined,
): Volume {
  const formats = diskFormats(cluster.storages.get(storage).definition.type);
  return cluster.storages.createDisk(vm.host, {
    storage,
    vmId: vm.id,
    bytes: source.bytes,
    stored: source.stored,
    disk: cluster.storages.copyOf(source.disk),
    format: format ?? (formats.includes(source.format) ? source.format : formats[0]),
  });
}

/** asBase turns a disk into a base volume. */
export const asBase = (cluster: Cluster, host: string, volume: Volume): Volume =>
  cluster.storages.rename(host, volume, baseName(volume.name));

export const isDisk = (drive: Drive): boolean => !isCdrom(drive) && !["none", "cdrom"].includes(drive.file);
