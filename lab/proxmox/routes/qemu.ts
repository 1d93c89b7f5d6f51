import type { Call } from "../api/call";
import type { Route } from "../api/router";
import { configValue } from "../properties/options";
import { seedOf } from "../vm/cloud-init";
import { cloneVm } from "../vm/clone";
import { createVm } from "../vm/create";
import { destroyVm } from "../vm/destroy";
import { moveDisk, resizeDisk } from "../vm/disks";
import { migrateVm } from "../vm/migrate";
import { rebootVm, shutdownVm, startVm, stopVm } from "../vm/power";
import { makeTemplate } from "../vm/template";
import { prepareUpdate } from "../vm/update";
import { assertUnlocked, digestOf } from "../vm/vm";
import { vmRow, vmStatus } from "./vm-status";

const VM = "/nodes/{node}/qemu/{vmid}";

export const qemuRoutes: readonly Route[] = [
  { method: "GET", path: "/nodes/{node}/qemu", run: listVms },
  { method: "POST", path: "/nodes/{node}/qemu", run: createVm },
  { method: "DELETE", path: VM, run: destroyVm },
  { method: "GET", path: `${VM}/config`, run: getConfig },
  { method: "PUT", path: `${VM}/config`, run: updateNow },
  { method: "POST", path: `${VM}/config`, run: updateInBackground },
  { method: "GET", path: `${VM}/pending`, run: getPending },
  { method: "GET", path: `${VM}/status/current`, run: getStatus },
  { method: "POST", path: `${VM}/status/start`, run: startVm },
  { method: "POST", path: `${VM}/status/stop`, run: stopVm },
  { method: "POST", path: `${VM}/status/shutdown`, run: shutdownVm },
  { method: "POST", path: `${VM}/status/reboot`, run: rebootVm },
  { method: "POST", path: `${VM}/clone`, run: cloneVm },
  { method: "POST", path: `${VM}/template`, run: makeTemplate },
  { method: "POST", path: `${VM}/migrate`, run: migrateVm },
  { method: "PUT", path: `${VM}/resize`, run: resizeDisk },
  { method: "POST", path: `${VM}/move_disk`, run: moveDisk },
  { method: "GET", path: `${VM}/cloudinit`, run: getCloudInit },
  { method: "PUT", path: `${VM}/cloudinit`, run: regenerateCloudInit },
];

function listVms(call: Call): unknown {
  const { cluster, node } = call;
  return [...cluster.vms.values()]
    .filter((vm) => vm.host === node && cluster.access.has(call.caller, `/vms/${vm.id}`, ["VM.Audit"]))
    .map((vm) => vmRow(cluster, vm));
}

function getConfig(call: Call): unknown {
  call.check(`/vms/${call.vmId}`, "VM.Audit");
  const vm = call.cluster.vm(call.node, call.vmId);
  const config = Object.fromEntries([...vm.config].map(([name, value]) => [name, configValue(name, value)]));
  return { ...config, digest: digestOf(vm) };
}

function getPending(call: Call): unknown {
  call.check(`/vms/${call.vmId}`, "VM.Audit");
  const vm = call.cluster.vm(call.node, call.vmId);
  return [...vm.config].map(([key, value]) => ({ key, value: configValue(key, value) }));
}

function getStatus(call: Call): unknown {
  call.check(`/vms/${call.vmId}`, "VM.Audit");
  return vmStatus(call.cluster, call.cluster.vm(call.node, call.vmId));
}

function updateNow(call: Call): null {
  prepareUpdate(call)({ print: () => undefined, warn: () => undefined });
  return null;
}

function updateInBackground(call: Call): string {
  const apply = prepareUpdate(call);
  return call.startTask("qmconfig", call.vmId, apply);
}

const CLOUD_INIT_OPTIONS = [
  "cicustom",
  "cipassword",
  "ciuser",
  "ciupgrade",
  "name",
  "nameserver",
  "searchdomain",
  "sshkeys",
];

function getCloudInit(call: Call): unknown {
  call.check(`/vms/${call.vmId}`, "VM.Audit");
  const vm = call.cluster.vm(call.node, call.vmId);
  return [...vm.config]
    .filter(([key]) => CLOUD_INIT_OPTIONS.includes(key) || /^ipconfig\d+$/.test(key))
    .map(([key, value]) => ({ key, value: configValue(key, value) }));
}

function regenerateCloudInit(call: Call): null {
  const vm = call.cluster.vm(call.node, call.vmId);
  call.check(`/vms/${vm.id}`, "VM.Config.Cloudinit");
  assertUnlocked(vm);
  seedOf(call.cluster, vm);
  return null;
}
