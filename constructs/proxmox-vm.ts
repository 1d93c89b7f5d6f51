import type {
  VirtualEnvironmentVmConfig,
  VirtualEnvironmentVmDisk,
  VirtualEnvironmentVmNetworkDevice,
} from "../.gen/providers/proxmox/virtual-environment-vm";
import type { Cluster, Machine, Proxmox } from "../config/model";
import type { GiB, MiB } from "../config/units";
import { clusterTag, type PlannedVm } from "./proxmox-uses";

/**
 * What every VM of ours has in common, written out so that the second plan is empty: bpg/proxmox reads
 * defaults back, and its VM resource changes nothing about them before v1.0.
 */
export function machineBase(proxmox: Proxmox): Pick<VirtualEnvironmentVmConfig, CommonSetting> {
  return {
    poolId: proxmox.pool,
    scsiHardware: "virtio-scsi-single",
    operatingSystem: { type: "l26" },
    // A cloud image writes its boot to the serial console; without one Ubuntu's kernel stalls.
    serialDevice: [{ device: "socket" }],
    stopOnDestroy: true,
  };
}

type CommonSetting = "poolId" | "scsiHardware" | "operatingSystem" | "serialDevice" | "stopOnDestroy";

export interface ClonedVmProps {
  readonly cluster: Cluster;
  readonly machine: Machine;
  /** protect: `prevent_destroy`. */
  readonly protect: boolean;
}

/** clonedVm is a machine of the cluster as Proxmox is told about it: a full clone of its template. */
export function clonedVm({
  cluster,
  machine,
  protect,
}: ClonedVmProps): VirtualEnvironmentVmConfig & PlannedVm {
  return {
    ...machineBase(cluster.proxmox),
    nodeName: machine.host.name,
    vmId: machine.vmId,
    name: machine.vmName,
    onBoot: true,
    tags: tagsOf(cluster.name, machine.role),
    clone: { vmId: machine.template.vmId, nodeName: machine.template.host.name, full: true, retries: 3 },
    bootOrder: [systemDrive],
    cpu: cpuOf(machine.cores),
    memory: memoryOf(machine.memory),
    agent: agentWithoutWaiting,
    disk: [systemDisk(cluster.proxmox.disks.id, machine.disk)],
    networkDevice: [networkDevice(cluster.proxmox, machine.mac)],
    lifecycle: {
      // A machine that was imported knows no clone, and another template is for other machines.
      ignoreChanges: ["clone"],
      ...(protect ? { preventDestroy: true } : {}),
    },
  };
}

export function cpuOf(cores: number): NonNullable<VirtualEnvironmentVmConfig["cpu"]> {
  return { cores, type: "x86-64-v2-AES" };
}

export function memoryOf(memory: MiB): NonNullable<VirtualEnvironmentVmConfig["memory"]> {
  return { dedicated: memory };
}

/**
 * agentWithoutWaiting: addresses are ours and gates wait for what matters, so the provider does not ask the
 * agent for addresses, which would hold up every plan for 15 minutes while one agent is down (bpg #164, #2084).
 */
export const agentWithoutWaiting: NonNullable<VirtualEnvironmentVmConfig["agent"]> = {
  enabled: true,
  waitForIp: { disabled: true },
};

/** systemDisk with its size in words: left out, the provider takes 8 GiB and refuses the larger image. */
export function systemDisk(datastore: string, size: GiB, importFrom?: string): VirtualEnvironmentVmDisk {
  return {
    interface: systemDrive,
    datastoreId: datastore,
    size,
    discard: "on",
    iothread: true,
    ssd: true,
    ...(importFrom === undefined ? {} : { importFromAttribute: importFrom }),
  };
}

export const systemDrive = "scsi0";

/** networkDevice with all eleven keys: Terraform JSON takes this attribute only whole (bpg #2674). */
export function networkDevice(
  proxmox: Proxmox,
  mac: string,
): Required<Omit<VirtualEnvironmentVmNetworkDevice, "vlanId">> & { vlanId: number } {
  return {
    bridge: proxmox.bridge,
    disconnected: false,
    enabled: true,
    firewall: false,
    macAddress: mac,
    model: "virtio",
    mtu: 0,
    queues: 0,
    rateLimit: 0,
    trunks: "",
    vlanId: proxmox.vlan ?? 0,
  };
}

export function tagsOf(clusterName: string, ...more: readonly string[]): string[] {
  return [clusterTag(clusterName), ...more].sort();
}
