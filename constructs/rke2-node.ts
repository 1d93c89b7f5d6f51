import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { agentUserData } from "../cloud-init/agent";
import { fillSecrets } from "../cloud-init/secrets";
import { metaData, networkConfig } from "../cloud-init/seed";
import { serverUserData } from "../cloud-init/server";
import type { Cluster, ClusterNode } from "../config/model";
import { CloudInitDrive } from "./cloud-init-drive";
import type { ClusterIdentity } from "./cluster-identity";
import type { GateScript } from "./gate";
import { guardedVm } from "./guarded-vm";
import { KubernetesGate } from "./kubernetes-gate";
import { type ConstructId, constructId } from "./ids";
import { NodeSecrets } from "./node-secrets";
import type { ProxmoxPreflight } from "./proxmox-preflight";
import type { ProxmoxVmTemplate } from "./proxmox-vm-template";
import { clonedVm } from "./proxmox-vm";
import type { SecretVariables } from "./secret-variables";
import { literal } from "./terraform-text";

export interface Rke2NodeProps {
  readonly cluster: Cluster;
  readonly node: ClusterNode;
  readonly identity: ClusterIdentity;
  /** variables of the stack, for the secrets that an operator gives. */
  readonly variables: SecretVariables;
  readonly template: ProxmoxVmTemplate;
  readonly kubernetesScript: GateScript;
  readonly preflight: ProxmoxPreflight;
  /** pool that the machine is in; nothing of a node is made before it. */
  readonly pool: ITerraformDependable;
  /** after: the machine is made only when these gates are passed. */
  readonly after: readonly ITerraformDependable[];
}

/**
 * One RKE2 server or agent. In plans: `proxmox_virtual_environment_vm.<node name>`. It joins by itself from
 * what cloud-init gave it; its gate, `null_resource.<node name>_ready_…`, waits until Kubernetes calls it Ready, of a
 * server also until its own API and etcd are: when it is made, and again whenever a deploy has changed the machine.
 */
export class Rke2Node extends Construct {
  readonly ready: ITerraformDependable;

  constructor(scope: Construct, id: ConstructId, props: Rke2NodeProps) {
    super(scope, id);
    const { cluster, node } = props;
    const secrets = new NodeSecrets(this, "secrets", props);
    const drive = new CloudInitDrive(this, "cloud-init", {
      proxmox: cluster.proxmox,
      host: node.host.name,
      names: node.snippets,
      userData: fillSecrets(userDataOf(cluster, node), (name) => secrets.file(name), literal),
      metaData: literal(metaData(node)),
      networkConfig: literal(networkConfig(cluster, node)),
      dependsOn: [props.pool],
    });
    const machine = guardedVm(this, props.preflight, {
      ...clonedVm({ cluster, machine: node, protect: cluster.protect && node.role === "server" }),
      initialization: drive.initialization,
      dependsOn: [props.template.vm, ...drive.snippets, ...props.after],
    });
    this.ready = new KubernetesGate(this, constructId("ready"), {
      script: props.kubernetesScript,
      identity: props.identity,
      waitFor: [`node/${node.name}`, ...(node.role === "server" ? [`server/${node.address}:6443`] : [])],
      minutes: 20,
      lookAt: `the console of VM ${node.vmId} (${node.vmName}) on ${node.host.name}; on the machine: cloud-init status --long, journalctl -u ${unitOf(node)}`,
      // Another machine passes it, and one that was changed: most changes restart it (bpg: vm.go, vmUpdate).
      triggers: { machine: machine.id },
      replaceTriggeredBy: [machine],
    }).passed;
  }
}

function userDataOf(cluster: Cluster, node: ClusterNode): string {
  return node.role === "server" ? serverUserData(cluster, node) : agentUserData(cluster, node);
}

function unitOf(node: ClusterNode): string {
  return node.role === "server" ? "rke2-server" : "rke2-agent";
}
