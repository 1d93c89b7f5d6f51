import { randomUUID } from "node:crypto";
import { badParameter, died, reasonOf } from "../api/api-error";
import type { Call } from "../api/call";
import {
  type Drive,
  isCdrom,
  isCloudInitDrive,
  isDriveName,
  isUnusedName,
  printDrive,
  splitVolumeId,
} from "../properties/drive";
import { randomMac, withMac } from "../properties/net";
import type { Volume } from "../storage/volume";
import { isBaseName, isFileBased, linkedCloneName, namesItsBase } from "../storage/volume-names";
import { copyDisk } from "./create-disks";
import { checkBridge } from "./option-checks";
import { assertUnlocked, drivesOf, isTemplate, nameOf, type Vm } from "./vm";

/** cloneVm answers POST …/clone: full or linked copies of the disks, new addresses and ids, `lock: clone` meanwhile. */
export function cloneVm(call: Call): string {
  const { cluster, node, vmId } = call;
  const newId = call.parameters.integer("newid") ?? 0;
  const pool = call.parameters.text("pool");
  const target = call.parameters.text("target");
  call.check(`/vms/${vmId}`, "VM.Clone");
  call.checkVm(newId, ["VM.Allocate"], pool);
  if (pool !== undefined) cluster.pool(pool);
  if (target !== undefined) call.assertHost(target);
  const storage = call.parameters.text("storage");
  checkStorage(call, storage, target !== undefined && target !== node);
  const source = cluster.vm(node, vmId);
  const full = checkSource(call, source, storage, target);
  const existing = cluster.vms.get(newId);
  if (existing)
    throw died(`unable to create VM ${newId} - VM ${newId} already exists on node '${existing.host}'`);

  const clone: Vm = { id: newId, host: node, config: new Map([["lock", "clone"]]) };
  cluster.vms.set(newId, clone);
  const remove = (): void => {
    cluster.vms.delete(newId);
  };
  return call.startTask(
    "qmclone",
    vmId,
    (log) => {
      const made: string[] = [];
      try {
        checkSource(call, source, storage, target);
        log.print(`creating a clone of VM ${vmId} with ID ${newId}`);
        const config = configOf(call, source);
        for (const [name, drive] of disksOf(source)) {
          const volume = cluster.storages.volume(node, drive.file);
          const copied = copyVolume(call, clone, volume, drive, { full, storage });
          made.push(copied.volid);
          const options = new Map(drive.options);
          config.set(name, printDrive({ file: copied.volid, size: copied.bytes, options }));
        }
        clone.config.clear();
        for (const [name, value] of [...config].sort(([a], [b]) => (a < b ? -1 : 1)))
          clone.config.set(name, value);
        if (target !== undefined) clone.host = target;
        if (pool !== undefined) cluster.pool(pool).vms.add(newId);
      } catch (error) {
        for (const volid of made) cluster.storages.free(node, volid);
        remove();
        throw died(`clone failed: ${reasonOf(error)}`);
      }
    },
    remove,
  );
}

function checkStorage(call: Call, storage: string | undefined, elsewhere: boolean): void {
  if (storage === undefined) return;
  const { definition } = call.cluster.storages.get(storage);
  if (!definition.content.includes("images")) {
    throw badParameter({ storage: `storage '${storage}' does not support vm images` });
  }
  if (elsewhere && !definition.shared) throw died(`can't clone to non-shared storage '${storage}'`);
}

/** checkSource returns whether the clone is a full one. */
function checkSource(
  call: Call,
  source: Vm,
  storage: string | undefined,
  target: string | undefined,
): boolean {
  assertUnlocked(source);
  const full = call.parameters.flag("full") ?? !isTemplate(source);
  if (storage !== undefined && !full) throw died("parameter 'storage' not allowed for linked clones");
  if (call.parameters.has("format") && !full) throw died("parameter 'format' not allowed for linked clones");
  let shared = true;
  for (const [, drive] of drivesOf(source.config)) {
    const parts = splitVolumeId(drive.file);
    if (!parts || (isCdrom(drive) && !isCloudInitDrive(drive))) continue;
    call.check(`/storage/${storage ?? parts.storage}`, "Datastore.AllocateSpace");
    if (!call.cluster.storages.get(parts.storage).definition.shared) shared = false;
  }
  for (const [name, value] of source.config) if (/^net\d+$/.test(name)) checkBridge(call, value);
  if (target !== undefined && target !== call.node && !shared) {
    throw died(`can't clone VM to node '${target}' (VM uses local storage)`);
  }
  if (!full) assertLinkable(call, source);
  return full;
}

function assertLinkable(call: Call, source: Vm): void {
  for (const [name, drive] of disksOf(source)) {
    if (isCloudInitDrive(drive) || name === "tpmstate0") continue;
    const volume = call.cluster.storages.volume(call.node, drive.file);
    const { type } = call.cluster.storages.get(volume.storage).definition;
    const linkable = isBaseName(volume.name) && !(isFileBased(type) && volume.format === "raw");
    if (!linkable) throw died(`Linked clone feature is not supported for '${drive.file}' (${name})`);
  }
}

const disksOf = (vm: Vm): [string, Drive][] =>
  drivesOf(vm.config).filter(
    ([, drive]) => (!isCdrom(drive) || isCloudInitDrive(drive)) && splitVolumeId(drive.file),
  );

function configOf(call: Call, source: Vm): Map<string, string> {
  const config = new Map<string, string>();
  for (const [name, value] of source.config) {
    if (isUnusedName(name) || name === "lock" || name === "template") continue;
    if (isDriveName(name) && disksOf(source).some(([disk]) => disk === name)) continue;
    config.set(name, /^net\d+$/.test(name) ? withMac(value, randomMac()) : value);
  }
  config.set("smbios1", `uuid=${randomUUID()}`);
  if (config.has("vmgenid")) config.set("vmgenid", randomUUID());
  config.set("name", call.parameters.text("name") ?? `Copy-of-VM-${nameOf(source)}`);
  const description = call.parameters.text("description");
  if (description !== undefined) config.set("description", description);
  return config;
}

function copyVolume(
  call: Call,
  clone: Vm,
  volume: Volume,
  drive: Drive,
  how: { full: boolean; storage: string | undefined },
): Volume {
  const { storages } = call.cluster;
  if (isCloudInitDrive(drive))
    return storages.createCloudInit(clone.host, how.storage ?? volume.storage, clone.id);
  if (how.full)
    return copyDisk(
      call.cluster,
      clone,
      volume,
      how.storage ?? volume.storage,
      call.parameters.text("format"),
    );
  const storage = storages.get(volume.storage);
  const { type } = storage.definition;
  const index = storage.nextDiskIndex(clone.host, clone.id);
  return storages.createDisk(clone.host, {
    storage: storage.id,
    vmId: clone.id,
    bytes: volume.bytes,
    stored: 0,
    disk: storages.copyOf(volume.disk),
    format: volume.format,
    name: linkedCloneName(type, volume.name, clone.id, index, volume.format),
    ...(namesItsBase(type) ? { base: volume.volid } : {}),
  });
}
