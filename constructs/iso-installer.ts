import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import type { DownloadFile } from "../.gen/providers/proxmox/download-file";
import type { VirtualEnvironmentVm } from "../.gen/providers/proxmox/virtual-environment-vm";
import { installerMetaData, installerNetworkConfig, installerUserData } from "../cloud-init/installer";
import type { Cluster, TemplateVm } from "../config/model";
import { CloudInitDrive } from "./cloud-init-drive";
import { Gate, type GateScript } from "./gate";
import { guardedVm } from "./guarded-vm";
import { constructId } from "./ids";
import type { ProxmoxPreflight } from "./proxmox-preflight";
import { cpuOf, machineBase, networkDevice, systemDisk, systemDrive, tagsOf } from "./proxmox-vm";
import { addressOf, literal } from "./terraform-text";

export interface IsoInstallerProps {
  readonly cluster: Cluster;
  readonly vm: TemplateVm;
  readonly installer: NonNullable<TemplateVm["installer"]>;
  readonly image: DownloadFile;
  readonly proxmoxScript: GateScript;
  readonly preflight: ProxmoxPreflight;
  readonly dependsOn: readonly ITerraformDependable[];
}

/**
 * A machine that installs an operating system on its disk and switches itself off; a template then imports
 * that disk. Boot order disk, then ISO: the empty disk falls through to the installer, every later boot
 * takes the disk.
 */
export class IsoInstaller extends Construct {
  readonly machine: VirtualEnvironmentVm;
  /** volume the system was installed on. */
  readonly volume: string;
  /** ready when the installer has switched itself off. */
  readonly ready: ITerraformDependable;

  constructor(scope: Construct, id: string, props: IsoInstallerProps) {
    super(scope, id);
    const drive = new CloudInitDrive(this, "cloud-init", {
      proxmox: props.cluster.proxmox,
      host: props.vm.host.name,
      names: props.installer.snippets,
      userData: literal(installerUserData(props.cluster, props.vm)),
      metaData: literal(installerMetaData(props.cluster, props.vm)),
      networkConfig: literal(installerNetworkConfig(props.cluster, props.vm)),
      dependsOn: props.dependsOn,
    });
    this.machine = guardedVm(this, props.preflight, {
      ...machineBase(props.cluster.proxmox),
      onBoot: false,
      nodeName: props.vm.host.name,
      vmId: props.installer.vmId,
      name: props.installer.name,
      tags: tagsOf(props.cluster.name, "installer"),
      started: true,
      bootOrder: [systemDrive, isoDrive],
      cpu: cpuOf(4),
      memory: { dedicated: 4096 },
      cdrom: { fileId: props.image.id, interface: isoDrive },
      disk: [systemDisk(props.cluster.proxmox.disks.id, props.cluster.template.disk)],
      networkDevice: [networkDevice(props.cluster.proxmox, props.installer.mac)],
      initialization: drive.initialization,
      dependsOn: [...drive.snippets, ...props.dependsOn],
      // It is off once it has done its work, and stays off.
      lifecycle: { ignoreChanges: ["started"], replaceTriggeredBy: [`${addressOf(props.image)}.id`] },
    });
    this.volume = `${props.cluster.proxmox.disks.id}:${this.machine.disk.get(0).pathInDatastore}`;
    this.ready = new Gate(this, constructId("finished"), {
      script: props.proxmoxScript,
      arguments: ["powered-off"],
      environment: {
        ENDPOINT: props.cluster.proxmox.endpoint,
        HOST: props.vm.host.name,
        VM_ID: String(props.installer.vmId),
        WAIT_SECONDS: String(60 * 60),
        LOOK_AT: `the console of VM ${props.installer.vmId} on ${props.vm.host.name}`,
      },
      triggers: { installer: this.machine.id },
    }).passed;
  }
}

const isoDrive = "ide3";
