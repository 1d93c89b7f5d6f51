import type { DiskContent, PoweredMachine } from "../../machine";
import { died } from "../api/api-error";
import type { Call } from "../api/call";
import { isTrue } from "../api/parameters";
import type { Cluster } from "../cluster";
import { isCdrom, isCloudInitDrive, isDriveName, parseDrive, splitVolumeId } from "../properties/drive";
import { parseNet } from "../properties/net";
import { parsePropertyString } from "../properties/property-string";
import type { Volume } from "../storage/volume";
import { seedOf } from "./cloud-init";
import { assertUnlocked, bootOrderOf, drivesOf, isTemplate, nameOf, type Power, type Vm } from "./vm";

export const startVm = (call: Call): string =>
  powerTask(call, { type: "qmstart", forHa: "hastart" }, (vm) => start(call.cluster, vm));

export const stopVm = (call: Call): string => powerTask(call, { type: "qmstop", forHa: "hastop" }, stop);

export const shutdownVm = (call: Call): string =>
  powerTask(call, { type: "qmshutdown", forHa: "hastop" }, stop);

export function rebootVm(call: Call): string {
  const vm = call.cluster.vm(call.node, call.vmId);
  if (!vm.power) throw died(`VM ${vm.id} not running`);
  return powerTask(call, { type: "qmreboot", forHa: "qmreboot" }, async () => {
    await stop(vm);
    await start(call.cluster, vm);
  });
}

/** start powers a machine on with its configuration and disks as they are now. */
export async function start(cluster: Cluster, vm: Vm): Promise<void> {
  if (isTemplate(vm)) throw died("you can't start a vm if it's a template");
  assertUnlocked(vm);
  if (vm.power) throw died(`VM ${vm.id} already running`);
  const session: { ended: boolean; power?: Power } = { ended: false };
  const machine = await cluster.machines.powerOn(machineOf(cluster, vm), () => {
    session.ended = true;
    if (vm.power === session.power) delete vm.power;
  });
  if (session.ended) return;
  session.power = { pid: 10_000 + vm.id, since: Math.floor(Date.now() / 1000), machine };
  vm.power = session.power;
}

/** stop cuts the power; stopping a stopped machine is no error. */
export async function stop(vm: Vm): Promise<void> {
  const { power } = vm;
  if (!power) return;
  await power.machine.powerOff();
  delete vm.power;
}

/** agentEnabled reads `agent: 1` or `agent: enabled=1,…`. */
export const agentEnabled = (vm: Vm): boolean =>
  isTrue(parsePropertyString(vm.config.get("agent") ?? "", "enabled").get("enabled") ?? "0");

function powerTask(
  call: Call,
  task: { type: string; forHa: string },
  worker: (vm: Vm) => Promise<void>,
): string {
  const vm = call.cluster.vm(call.node, call.vmId);
  call.check(`/vms/${vm.id}`, "VM.PowerMgmt");
  const managed = call.cluster.haResources.has(`vm:${vm.id}`);
  return call.startTask(managed ? task.forHa : task.type, vm.id, async () => {
    const turn = (vm.lane ?? Promise.resolve()).then(() => {
      assertUnlocked(vm);
      return worker(vm);
    });
    vm.lane = turn.catch(() => undefined);
    await turn;
  });
}

function machineOf(cluster: Cluster, vm: Vm): PoweredMachine {
  const disks = new DriveBay((name) =>
    cluster.storages.find(vm.host, parseDrive(vm.config.get(name) ?? "none").file),
  );
  const isos = new Map<string, string>();
  for (const [name, drive] of drivesOf(vm.config)) {
    if (isCloudInitDrive(drive) || !splitVolumeId(drive.file)) continue;
    const volume = cluster.storages.volume(vm.host, drive.file);
    if (isCdrom(drive)) isos.set(name, drive.file);
    else disks.set(name, volume.disk);
  }
  const nics = [...vm.config]
    .filter(([name]) => /^net\d+$/.test(name))
    .map(([, value]) => nicOf(cluster, value));
  const seed = seedOf(cluster, vm);
  return {
    vmId: vm.id,
    name: nameOf(vm),
    host: vm.host,
    nics,
    bootOrder: bootOrderOf(vm.config).filter(isDriveName),
    disks,
    isos,
    agentEnabled: agentEnabled(vm),
    ...(seed === undefined ? {} : { seed }),
  };
}

function nicOf(cluster: Cluster, value: string): PoweredMachine["nics"][number] {
  const { mac, bridge = "vmbr0", vlan } = parseNet(value);
  if (!cluster.site.bridges.includes(bridge)) throw died(`bridge '${bridge}' does not exist`);
  return { mac, bridge, ...(vlan === undefined ? {} : { vlan }) };
}

/** DriveBay hands a machine its disks; what the machine writes lands on the volume that is in the drive by then. */
class DriveBay extends Map<string, DiskContent> {
  constructor(private readonly volumeIn: (drive: string) => Volume | undefined) {
    super();
  }

  override set(name: string, content: DiskContent): this {
    const volume = this.volumeIn(name);
    if (volume) volume.disk = content;
    return super.set(name, content);
  }
}
