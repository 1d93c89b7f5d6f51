import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { VirtualEnvironmentFile } from "../.gen/providers/proxmox/virtual-environment-file";
import type { VirtualEnvironmentVmInitialization } from "../.gen/providers/proxmox/virtual-environment-vm";
import type { Proxmox, SnippetNames } from "../config/model";

export interface CloudInitDriveProps {
  readonly proxmox: Proxmox;
  /** host whose snippets folder the files go to: the one the machine starts on. */
  readonly host: string;
  readonly names: SnippetNames;
  /** userData, metaData, networkConfig: Terraform text, secrets filled in. */
  readonly userData: string;
  readonly metaData: string;
  readonly networkConfig: string;
  readonly dependsOn: readonly ITerraformDependable[];
}

/**
 * The three snippets a machine reads at its first boot. The machine names them by literal volume id and
 * depends on them: through a reference, editing one would replace the running machine (bpg #373, #1636).
 */
export class CloudInitDrive extends Construct {
  readonly snippets: readonly ITerraformDependable[];
  readonly initialization: VirtualEnvironmentVmInitialization;

  constructor(scope: Construct, id: string, props: CloudInitDriveProps) {
    super(scope, id);
    this.snippets = [
      snippet(this, "user-data", props.names.userData, props.userData, props),
      snippet(this, "meta-data", props.names.metaData, props.metaData, props),
      snippet(this, "network-config", props.names.networkConfig, props.networkConfig, props),
    ];
    this.initialization = {
      datastoreId: props.proxmox.disks.id,
      interface: "ide2",
      userDataFileId: volumeId(props, props.names.userData),
      metaDataFileId: volumeId(props, props.names.metaData),
      networkDataFileId: volumeId(props, props.names.networkConfig),
    };
  }
}

function snippet(
  scope: Construct,
  id: string,
  fileName: string,
  data: string,
  props: CloudInitDriveProps,
): ITerraformDependable {
  return new VirtualEnvironmentFile(scope, id, {
    contentType: "snippets",
    datastoreId: props.proxmox.snippets.id,
    nodeName: props.host,
    sourceRaw: { data, fileName },
    dependsOn: [...props.dependsOn],
  });
}

function volumeId(props: CloudInitDriveProps, fileName: string): string {
  return `${props.proxmox.snippets.id}:snippets/${fileName}`;
}
