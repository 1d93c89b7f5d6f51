/** What the simulated Proxmox hands to whatever plays the machine, and what it asks of it. Neither side knows the other. */

/** DiskContent follows a disk through import, clone and template; only the guest side reads it. */
export type DiskContent =
  | { readonly kind: "empty" }
  | { readonly kind: "image"; readonly url: string }
  | { readonly kind: "system"; readonly system: InstalledSystem };

export interface InstalledSystem {
  /** guestAgent: qemu-guest-agent is installed. */
  guestAgent: boolean;
  /** seededBy, the instance-id whose cloud-init ran here; a clone with another instance-id runs cloud-init again. */
  seededBy?: string;
  /** installerLeftovers, cloud-init files that an installer left and that would override a clone's own. */
  installerLeftovers: string[];
  /** root, the folder that holds this disk's files; a copy of the disk gets a copy of the folder. */
  root?: string;
}

/** CloudInitSeed, the bytes of the cloud-init drive; a part is absent when Proxmox was given none. */
export interface CloudInitSeed {
  readonly userData?: string;
  readonly metaData?: string;
  readonly networkConfig?: string;
}

export interface MachineNic {
  readonly mac: string;
  readonly bridge: string;
  readonly vlan?: number;
}

export interface PoweredMachine {
  readonly vmId: number;
  readonly name: string;
  readonly host: string;
  readonly nics: readonly MachineNic[];
  /** bootOrder, the drives in the order the firmware tries them. */
  readonly bootOrder: readonly string[];
  /** disks by drive name (scsi0); writing a new content is how a guest writes its disk. */
  readonly disks: Map<string, DiskContent>;
  /** isos by drive name: the volume id of the image in the drive. */
  readonly isos: ReadonlyMap<string, string>;
  readonly seed?: CloudInitSeed;
  /** agentEnabled in the VM's configuration; without it Proxmox has no channel to the agent. */
  readonly agentEnabled: boolean;
}

export interface AgentInterface {
  readonly name: string;
  readonly mac: string;
  readonly addresses: readonly { readonly address: string; readonly prefix: number }[];
}

export interface RunningMachine {
  /** agent answers as qemu-guest-agent would; undefined = it is not running. */
  agent(): readonly AgentInterface[] | undefined;
  /** powerOff cuts the power and returns when nothing of the machine answers any more. */
  powerOff(): Promise<void>;
}

export interface MachineRoom {
  /** powerOn returns as soon as the machine runs; poweredOff is called if it turns itself off. */
  powerOn(machine: PoweredMachine, poweredOff: () => void): Promise<RunningMachine>;
  /** discard is called when a disk is deleted. */
  discard(content: DiskContent): void;
  /** copy makes the content of a copied disk. */
  copy(content: DiskContent): DiskContent;
}
