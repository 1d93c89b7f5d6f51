import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { DownloadFile } from "../.gen/providers/proxmox/download-file";
import type { Cluster, Machine, TemplateVm } from "../config/model";
import type { GateScript } from "./gate";
import { constructId } from "./ids";
import type { ProxmoxPreflight } from "./proxmox-preflight";
import { ProxmoxVmTemplate } from "./proxmox-vm-template";

export interface ClusterTemplatesProps {
  readonly cluster: Cluster;
  readonly proxmoxScript: GateScript;
  readonly preflight: ProxmoxPreflight;
  readonly dependsOn: readonly ITerraformDependable[];
}

/** Every template of a cluster and the images they are made of, each stored once per store that is not shared. */
export class ClusterTemplates extends Construct {
  private readonly templates: ReadonlyMap<number, ProxmoxVmTemplate>;

  constructor(scope: Construct, id: string, props: ClusterTemplatesProps) {
    super(scope, id);
    const images = new Map<string, DownloadFile>();
    const imageFor = (vm: TemplateVm): DownloadFile => {
      const store = props.cluster.proxmox.images.shared ? "shared" : vm.host.name;
      const image = images.get(store) ?? download(this, vm, props);
      images.set(store, image);
      return image;
    };
    this.templates = new Map(
      props.cluster.template.vms.map((vm) => [
        vm.vmId,
        new ProxmoxVmTemplate(this, constructId(`template-${vm.host.name}`), {
          ...props,
          vm,
          image: imageFor(vm),
        }),
      ]),
    );
  }

  /** of tells the template that machine is cloned from. */
  of(machine: Machine): ProxmoxVmTemplate {
    const template = this.templates.get(machine.template.vmId);
    if (template === undefined) throw new Error(`${machine.name} has no template ${machine.template.vmId}`);
    return template;
  }
}

function download(
  scope: Construct,
  vm: TemplateVm,
  { cluster, dependsOn }: ClusterTemplatesProps,
): DownloadFile {
  const { source } = cluster.template;
  return new DownloadFile(scope, constructId(`image-${vm.host.name}`), {
    nodeName: vm.host.name,
    datastoreId: cluster.proxmox.images.id,
    contentType: source.kind === "iso" ? "iso" : "import",
    url: source.url,
    fileName: source.fileName,
    ...(source.sha256 === undefined ? {} : { checksum: source.sha256, checksumAlgorithm: "sha256" }),
    // Asking the publisher at every plan whether the file has grown would replace the image under a template (bpg #1516).
    overwrite: false,
    // A file of this name that is not in the state is what an interrupted deploy left: the cluster's name is in front.
    overwriteUnmanaged: true,
    uploadTimeout: 3600,
    dependsOn: [...dependsOn],
  });
}
