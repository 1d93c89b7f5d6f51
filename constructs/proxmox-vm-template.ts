import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { DownloadFile } from "../.gen/providers/proxmox/download-file";
import type { VirtualEnvironmentVm } from "../.gen/providers/proxmox/virtual-environment-vm";
import type { Cluster, TemplateVm } from "../config/model";
import type { GateScript } from "./gate";
import { guardedVm } from "./guarded-vm";
import type { ConstructId } from "./ids";
import { IsoInstaller } from "./iso-installer";
import type { ProxmoxPreflight } from "./proxmox-preflight";
import { agentWithoutWaiting, cpuOf, machineBase, systemDisk, systemDrive, tagsOf } from "./proxmox-vm";
import { addressOf } from "./terraform-text";

export interface ProxmoxVmTemplateProps {
  readonly cluster: Cluster;
  readonly vm: TemplateVm;
  /** image on a store that vm's host sees. */
  readonly image: DownloadFile;
  readonly proxmoxScript: GateScript;
  readonly preflight: ProxmoxPreflight;
  readonly dependsOn: readonly ITerraformDependable[];
}

/**
 * A template VM that nodes are cloned from. In plans: `proxmox_virtual_environment_vm.<id>`. Its disk comes
 * from a cloud image, or from the disk that an installer wrote: never from a clone, which would keep the
 * installer's ISO drive and snippets. It has no cloud-init drive, because what a template sets there cannot
 * be cleared on a clone (bpg #1106).
 */
export class ProxmoxVmTemplate extends Construct {
  readonly vm: VirtualEnvironmentVm;

  constructor(scope: Construct, id: ConstructId, props: ProxmoxVmTemplateProps) {
    super(scope, id);
    const installer =
      props.vm.installer && new IsoInstaller(this, "installer", { ...props, installer: props.vm.installer });
    this.vm = guardedVm(this, props.preflight, {
      ...machineBase(props.cluster.proxmox),
      nodeName: props.vm.host.name,
      vmId: props.vm.vmId,
      name: props.vm.name,
      tags: tagsOf(props.cluster.name, "template"),
      template: true,
      started: false,
      onBoot: false,
      bootOrder: [systemDrive],
      cpu: cpuOf(2),
      memory: { dedicated: 2048 },
      agent: agentWithoutWaiting,
      disk: [
        systemDisk(
          props.cluster.proxmox.disks.id,
          props.cluster.template.disk,
          installer?.volume ?? props.image.id,
        ),
      ],
      dependsOn: [installer?.ready ?? props.image, ...props.dependsOn],
      // The provider takes another volume to import for a change in place, and copies nothing.
      lifecycle: {
        replaceTriggeredBy: [props.image, ...(installer ? [installer.machine] : [])].map(
          (source) => `${addressOf(source)}.id`,
        ),
      },
    });
  }
}
