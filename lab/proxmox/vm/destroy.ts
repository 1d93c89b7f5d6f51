import { died } from "../api/api-error";
import type { Call } from "../api/call";
import type { Cluster } from "../cluster";
import { isCdrom, isCloudInitDrive, splitVolumeId } from "../properties/drive";
import { assertUnlocked, assertUnprotected, drivesOf, isTemplate, type Vm } from "./vm";

/** destroyVm answers DELETE /nodes/{node}/qemu/{vmid}. */
export function destroyVm(call: Call): string {
  const { cluster, node, vmId } = call;
  call.check(`/vms/${vmId}`, "VM.Allocate");
  const purge = call.parameters.flag("purge") ?? false;
  const unreferenced = call.parameters.flag("destroy-unreferenced-disks") ?? false;
  const check = (): Vm => {
    const vm = cluster.vm(node, vmId);
    assertUnprotected(vm, `can't remove VM ${vmId}`);
    if (!purge && cluster.haResources.has(`vm:${vmId}`)) {
      throw died(`unable to remove VM ${vmId} - used in HA resources and purge parameter not set.`);
    }
    if (vm.power) throw died(`VM ${vmId} is running - destroy failed`);
    return vm;
  };
  check();
  return call.startTask("qmdestroy", vmId, (log) => {
    const vm = check();
    assertUnlocked(vm);
    assertNoLinkedClones(cluster, vm);
    for (const volid of removeVm(cluster, vm, unreferenced)) log.print(`removed volume '${volid}'`);
    if (purge) cluster.haResources.delete(`vm:${vmId}`);
  });
}

/** removeVm deletes a machine, its volumes and its pool membership, and returns what it deleted. */
export function removeVm(cluster: Cluster, vm: Vm, unreferenced: boolean): string[] {
  const volids = new Set(
    drivesOf(vm.config, true)
      .filter(([, drive]) => (!isCdrom(drive) || isCloudInitDrive(drive)) && splitVolumeId(drive.file))
      .map(([, drive]) => drive.file)
      .filter((volid) => cluster.storages.find(vm.host, volid)?.owner === vm.id),
  );
  if (unreferenced) {
    for (const storage of cluster.storages.all()) {
      for (const volume of storage.volumes(vm.host)) if (volume.owner === vm.id) volids.add(volume.volid);
    }
  }
  for (const volid of volids) cluster.storages.free(vm.host, volid);
  cluster.poolOf(vm.id)?.vms.delete(vm.id);
  cluster.vms.delete(vm.id);
  return [...volids];
}

function assertNoLinkedClones(cluster: Cluster, vm: Vm): void {
  if (!isTemplate(vm)) return;
  for (const [, drive] of drivesOf(vm.config, true)) {
    const volume = cluster.storages.find(vm.host, drive.file);
    if (!isCdrom(drive) && volume && cluster.storages.isUsedBase(vm.host, volume)) {
      throw died(`base volume '${volume.volid}' is still in use by linked cloned`);
    }
  }
}
