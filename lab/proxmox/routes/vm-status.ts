import type { Cluster } from "../cluster";
import { MIB } from "../properties/size";
import { agentEnabled } from "../vm/power";
import { drivesOf, isTemplate, nameOf, type Vm } from "../vm/vm";

/** vmRow is a machine in a host's listing. */
export const vmRow = (cluster: Cluster, vm: Vm): Record<string, unknown> => ({
  ...vmFacts(cluster, vm),
  cpus: cpusOf(vm),
  ...(vm.power ? { pid: vm.power.pid } : {}),
});

function vmFacts(cluster: Cluster, vm: Vm): Record<string, unknown> {
  const tags = vm.config.get("tags");
  const lock = vm.config.get("lock");
  return {
    vmid: vm.id,
    name: nameOf(vm),
    status: vm.power ? "running" : "stopped",
    cpu: 0,
    mem: vm.power ? memoryOf(vm) : 0,
    maxmem: memoryOf(vm),
    disk: 0,
    maxdisk: bootDiskSize(cluster, vm),
    diskread: 0,
    diskwrite: 0,
    netin: 0,
    netout: 0,
    uptime: uptimeOf(vm),
    ...(isTemplate(vm) ? { template: 1 } : {}),
    ...(tags === undefined ? {} : { tags }),
    ...(lock === undefined ? {} : { lock }),
  };
}

/** vmStatus answers …/status/current. */
export function vmStatus(cluster: Cluster, vm: Vm): Record<string, unknown> {
  return {
    ...vmRow(cluster, vm),
    qmpstatus: vm.power ? "running" : "stopped",
    ha: { managed: cluster.haResources.has(`vm:${vm.id}`) ? 1 : 0 },
    ...(agentEnabled(vm) ? { agent: 1 } : {}),
    ...(vm.power
      ? { balloon: memoryOf(vm), "running-machine": "pc-i440fx-10.1+pve0", "running-qemu": "10.1.2" }
      : {}),
  };
}

/** vmResource is a machine among the cluster's resources. */
export function vmResource(cluster: Cluster, vm: Vm): Record<string, unknown> {
  const pool = cluster.poolOf(vm.id)?.id;
  return {
    ...vmFacts(cluster, vm),
    id: `qemu/${vm.id}`,
    type: "qemu",
    node: vm.host,
    maxcpu: cpusOf(vm),
    template: isTemplate(vm) ? 1 : 0,
    ...(cluster.down.has(vm.host) ? { status: "unknown" } : {}),
    ...(pool === undefined ? {} : { pool }),
  };
}

const cpusOf = (vm: Vm): number =>
  Number(vm.config.get("cores") ?? 1) * Number(vm.config.get("sockets") ?? 1);

const memoryOf = (vm: Vm): number => Number(/\d+/.exec(vm.config.get("memory") ?? "512")?.[0] ?? 512) * MIB;

const uptimeOf = (vm: Vm): number =>
  vm.power ? Math.max(1, Math.floor(Date.now() / 1000) - vm.power.since) : 0;

function bootDiskSize(cluster: Cluster, vm: Vm): number {
  for (const [name, drive] of drivesOf(vm.config)) {
    if (drive.options.get("media") === "cdrom" || name === "efidisk0" || name === "tpmstate0") continue;
    return cluster.storages.find(vm.host, drive.file)?.bytes ?? 0;
  }
  return 0;
}
