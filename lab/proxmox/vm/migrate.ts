import { badParameter, died } from "../api/api-error";
import type { Call } from "../api/call";
import { isCdrom, isCloudInitDrive, parseDrive, printDrive, splitVolumeId } from "../properties/drive";
import { assertUnlocked, drivesOf, type Vm } from "./vm";

/** migrateVm answers POST …/migrate; local disks travel when `with-local-disks` is given. */
export function migrateVm(call: Call): string {
  const { cluster } = call;
  const target = call.parameters.required("target");
  call.check(`/vms/${call.vmId}`, "VM.Migrate");
  if (target === call.node) throw badParameter({ target: "target is local node." });
  call.assertHost(target);
  const vm = cluster.vm(call.node, call.vmId);
  assertUnlocked(vm);
  if (vm.power && !call.parameters.flag("online")) throw died("can't migrate running VM without --online");
  const targetStorage = call.parameters.text("targetstorage");
  if (targetStorage !== undefined) call.check(`/storage/${targetStorage}`, "Datastore.AllocateSpace");
  const type = cluster.haResources.has(`vm:${vm.id}`) ? "hamigrate" : "qmigrate";
  return call.startTask(type, vm.id, () => {
    const local = localDrives(call, vm);
    const cdrom = local.find((name) => isBoundIso(vm, name));
    if (cdrom !== undefined)
      throw died(`can't migrate local cdrom '${parseDrive(vm.config.get(cdrom) ?? "").file}'`);
    if (vm.power && local.length > 0 && !call.parameters.flag("with-local-disks")) {
      throw died(`can't live migrate attached local disks without with-local-disks option`);
    }
    for (const name of local) moveVolume(call, vm, name, target, targetStorage);
    vm.host = target;
  });
}

const localDrives = (call: Call, vm: Vm): string[] =>
  drivesOf(vm.config, true)
    .filter(([, drive]) => {
      const parts = splitVolumeId(drive.file);
      return parts !== undefined && !call.cluster.storages.get(parts.storage).definition.shared;
    })
    .map(([name]) => name);

function isBoundIso(vm: Vm, name: string): boolean {
  const drive = parseDrive(vm.config.get(name) ?? "none");
  return isCdrom(drive) && !isCloudInitDrive(drive);
}

function moveVolume(
  call: Call,
  vm: Vm,
  name: string,
  target: string,
  targetStorage: string | undefined,
): void {
  const drive = parseDrive(vm.config.get(name) ?? "none");
  const volume = call.cluster.storages.volume(vm.host, drive.file);
  const storage = call.cluster.storages.get(targetStorage ?? volume.storage);
  call.cluster.storages.get(volume.storage).remove(vm.host, volume.name);
  const moved = storage.add(target, {
    ...volume,
    storage: storage.id,
    volid: `${storage.id}:${volume.name}`,
  });
  vm.config.set(name, printDrive({ ...drive, file: moved.volid }));
}
