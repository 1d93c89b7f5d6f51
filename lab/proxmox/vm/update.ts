import { randomUUID } from "node:crypto";
import { badParameter, died } from "../api/api-error";
import type { Call } from "../api/call";
import type { TaskLog } from "../tasks/tasks";
import { isCdrom, isCloudInitDrive, isDriveName, isUnusedName, parseDrive } from "../properties/drive";
import { normalizeNet, randomMac } from "../properties/net";
import { optionExists, storedValue } from "../properties/options";
import { seedOf } from "./cloud-init";
import { createDisks } from "./create-disks";
import {
  checkBridge,
  checkDriveChange,
  checkDrives,
  checkOptionPrivileges,
  checkValues,
} from "./option-checks";
import {
  addUnused,
  assertUnlocked,
  assertUnprotected,
  bootOrderOf,
  digestOf,
  drivesOf,
  printBootOrder,
  type Vm,
} from "./vm";

/** prepareUpdate refuses what PUT and POST …/config refuse, and returns what applies the change. */
export function prepareUpdate(call: Call): (log: TaskLog) => void {
  const vm = call.cluster.vm(call.node, call.vmId);
  const parameters = call.parameters.without(
    "node",
    "vmid",
    "delete",
    "revert",
    "force",
    "digest",
    "background_delay",
  );
  const options = parameters.entries();
  const deletions = call.parameters.list("delete");
  if (parameters.has("skiplock") && !call.caller.isRoot) {
    throw badParameter({ skiplock: "Only root may use this option." });
  }
  if (options.length === 0 && deletions.length === 0 && !call.parameters.has("revert"))
    throw died("no options specified");
  for (const name of deletions) {
    if (parameters.has(name)) {
      throw badParameter({ delete: `you can't use '-${name}' and -delete ${name}' at the same time` });
    }
    if (!optionExists(name)) throw badParameter({ delete: `unknown option '${name}'` });
  }
  checkOptionPrivileges(call, vm.id, [...deletions, ...parameters.names()]);
  checkDrives(call, vm.id, options);
  checkValues(call, vm.id, options);
  const digest = call.parameters.text("digest");
  if (digest !== undefined && digest !== digestOf(vm))
    throw died("checksum mismatch (file change by other user?)");
  assertUnlocked(vm);
  assertBalloonFits(vm, parameters.text("memory"), parameters.text("balloon"));
  return (log) => {
    assertUnlocked(vm);
    for (const name of deletions) deleteOption(call, vm, name, log);
    for (const [name, value] of options) setOption(call, vm, name, value, new Set(parameters.names()), log);
    const drives = options.filter(([name]) => isDriveName(name)).map(([, value]) => parseDrive(value));
    if (!vm.power && drives.some(isCloudInitDrive)) seedOf(call.cluster, vm);
  };
}

function deleteOption(call: Call, vm: Vm, name: string, log: TaskLog): void {
  const value = vm.config.get(name);
  if (value === undefined) {
    log.print(`cannot delete '${name}' - not set in current configuration!`);
    return;
  }
  const order = bootOrderOf(vm.config);
  if (order.includes(name)) vm.config.set("boot", printBootOrder(order.filter((device) => device !== name)));
  if (isUnusedName(name)) {
    const { file } = parseDrive(value);
    assertUnprotected(vm, `can't remove unused disk '${file}'`);
    call.check(`/vms/${vm.id}`, "VM.Config.Disk");
    call.cluster.storages.free(vm.host, file);
  } else if (isDriveName(name)) {
    assertUnprotected(vm, `can't remove drive '${name}'`);
    checkDriveChange(call, vm.id, parseDrive(value));
    detach(call, vm, name);
  } else if (/^net\d+$/.test(name)) {
    checkBridge(call, value);
  }
  vm.config.delete(name);
}

function setOption(
  call: Call,
  vm: Vm,
  name: string,
  value: string,
  setNow: ReadonlySet<string>,
  log: TaskLog,
): void {
  if (isDriveName(name)) setDrive(call, vm, name, value, log);
  else if (/^net\d+$/.test(name)) vm.config.set(name, normalizeNet(value, randomMac));
  else if (name === "boot") vm.config.set(name, bootValue(vm, value, setNow));
  else if (name === "vmgenid" && value === "1") vm.config.set(name, randomUUID());
  else vm.config.set(name, storedValue(name, value));
}

function setDrive(call: Call, vm: Vm, name: string, value: string, log: TaskLog): void {
  const old = vm.config.get(name);
  const drive = parseDrive(value);
  if (old !== undefined) checkDriveChange(call, vm.id, parseDrive(old));
  checkDriveChange(call, vm.id, drive);
  const created = createDisks(call.cluster, vm, [[name, value]], log);
  if (old !== undefined && parseDrive(old).file !== parseDrive(created.get(name) ?? value).file)
    detach(call, vm, name);
  for (const [drivename, stored] of created) vm.config.set(drivename, stored);
  const order = bootOrderOf(vm.config);
  if (order.length > 0 && isCdrom(drive) && !isCloudInitDrive(drive) && !order.includes(name)) {
    vm.config.set("boot", printBootOrder([...order, name]));
  }
}

/** detach keeps a disk as unusedN; a cloud-init drive is deleted with its volume. */
function detach(call: Call, vm: Vm, name: string): void {
  const drive = parseDrive(vm.config.get(name) ?? "none");
  vm.config.delete(name);
  if (isCloudInitDrive(drive)) {
    if (call.cluster.storages.find(vm.host, drive.file)) call.cluster.storages.free(vm.host, drive.file);
  } else if (!isCdrom(drive)) {
    const stillUsed = drivesOf(vm.config, true).some(([, other]) => other.file === drive.file);
    if (!stillUsed) addUnused(vm.config, drive.file);
  }
}

function bootValue(vm: Vm, value: string, setNow: ReadonlySet<string>): string {
  const order = bootOrderOf(new Map([["boot", value]]));
  const missing = order.find((device) => !vm.config.has(device) && !setNow.has(device));
  if (missing !== undefined) throw died(`invalid bootorder: device '${missing}' does not exist'`);
  return value;
}

function assertBalloonFits(vm: Vm, memory: string | undefined, balloon: string | undefined): void {
  if (memory === undefined && balloon === undefined) return;
  const assigned = Number(/^(?:current=)?(\d+)/.exec(memory ?? vm.config.get("memory") ?? "512")?.[1] ?? 512);
  if (Number(balloon ?? vm.config.get("balloon") ?? 0) > assigned) {
    throw died("balloon value too large (must be smaller than assigned memory)");
  }
}
