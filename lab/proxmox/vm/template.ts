import { died } from "../api/api-error";
import type { Call } from "../api/call";
import { isCdrom, printDrive, splitVolumeId } from "../properties/drive";
import { asBase } from "./create-disks";
import { assertUnlocked, drivesOf, isTemplate, type Vm } from "./vm";

/** makeTemplate answers POST …/template: the disks become base volumes, CD-ROM and cloud-init drives stay as they are. */
export function makeTemplate(call: Call): string {
  const { cluster, node, vmId } = call;
  call.check(`/vms/${vmId}`, "VM.Allocate");
  const check = (): Vm => {
    const vm = cluster.vm(node, vmId);
    assertUnlocked(vm);
    if (isTemplate(vm)) throw died("you can't convert a template to a template");
    if (vm.power) throw died("you can't convert a VM to template if VM is running");
    return vm;
  };
  check();
  return call.startTask("qmtemplate", vmId, () => {
    const vm = check();
    vm.config.set("template", "1");
    for (const [name, drive] of drivesOf(vm.config)) {
      if (isCdrom(drive) || !splitVolumeId(drive.file)) continue;
      const base = asBase(cluster, vm.host, cluster.storages.volume(vm.host, drive.file));
      vm.config.set(name, printDrive({ ...drive, file: base.volid }));
    }
  });
}
