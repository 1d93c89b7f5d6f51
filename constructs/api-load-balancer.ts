import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { loadBalancerUserData } from "../cloud-init/load-balancer";
import { fillSecrets, type SecretName } from "../cloud-init/secrets";
import { metaData, networkConfig } from "../cloud-init/seed";
import type { Cluster, LoadBalancerNode } from "../config/model";
import type { HaProxy } from "../config/model/api";
import { type CertificateAndKey, ClientCertificate } from "./client-certificate";
import { CloudInitDrive } from "./cloud-init-drive";
import type { ClusterIdentity } from "./cluster-identity";
import type { GateScript } from "./gate";
import { guardedVm } from "./guarded-vm";
import { type ConstructId, constructId } from "./ids";
import { KubernetesGate } from "./kubernetes-gate";
import type { ProxmoxPreflight } from "./proxmox-preflight";
import { clonedVm } from "./proxmox-vm";
import type { ProxmoxVmTemplate } from "./proxmox-vm-template";
import { literal, secretFile } from "./terraform-text";

export interface ApiLoadBalancerProps {
  readonly cluster: Cluster;
  readonly api: HaProxy;
  readonly node: LoadBalancerNode;
  readonly identity: ClusterIdentity;
  /** credential that the servers' APIs are asked with. */
  readonly credential: CertificateAndKey;
  readonly template: ProxmoxVmTemplate;
  readonly kubernetesScript: GateScript;
  readonly preflight: ProxmoxPreflight;
  /** pool that the machine is in; nothing of it is made before the pool. */
  readonly pool: ITerraformDependable;
  /** after: the machine is made, and changed, only when these gates are passed. */
  readonly after: readonly ITerraformDependable[];
}

/**
 * One of the two machines that hold the API address. In plans: `proxmox_virtual_environment_vm.<its name>`. Nothing on
 * it has to be kept, so nothing protects it: while one is made anew, the other holds the address. Its gate,
 * `null_resource.<its name>_ready_…`, waits until HAProxy takes connections: when it is made, and whenever a deploy has
 * changed the machine. Of a cluster that runs it waits until the machine can take the address over.
 */
export class ApiLoadBalancer extends Construct {
  readonly ready: ITerraformDependable;

  constructor(scope: Construct, id: ConstructId, props: ApiLoadBalancerProps) {
    super(scope, id);
    const { cluster, node } = props;
    const drive = new CloudInitDrive(this, "cloud-init", {
      proxmox: cluster.proxmox,
      host: node.host.name,
      names: node.snippets,
      userData: fillSecrets(
        loadBalancerUserData(cluster, props.api, node),
        (name) => secretFile(secretOf(props, name)),
        literal,
      ),
      metaData: literal(metaData(node)),
      networkConfig: literal(networkConfig(cluster, node)),
      dependsOn: [props.pool],
    });
    const machine = guardedVm(this, props.preflight, {
      ...clonedVm({ cluster, machine: node, protect: false }),
      initialization: drive.initialization,
      dependsOn: [props.template.vm, ...drive.snippets, ...props.after],
    });
    this.ready = new KubernetesGate(this, constructId("ready"), {
      script: props.kubernetesScript,
      identity: props.identity,
      waitFor: [`load-balancer/${node.address}:6443/${takeoverSeconds}`],
      minutes: 20,
      lookAt: `the console of VM ${node.vmId} (${node.vmName}) on ${node.host.name}; on the machine: cloud-init status --long, journalctl -u haproxy -u keepalived`,
      triggers: { machine: machine.id },
      replaceTriggeredBy: [machine],
    }).passed;
  }
}

/**
 * takeoverSeconds after HAProxy has led to a server keepalived is ready to hold the address, at the latest: it waits ten
 * seconds from its start on, and for three answers in a row, one each two seconds (cloud-init/load-balancer/keepalived.ts).
 */
const takeoverSeconds = 20;

/**
 * loadBalancerCredential is a user in no group and with no role, which may read what every user may: whether an API
 * server is ready. It lasts as long as the authority that signs it.
 */
export function loadBalancerCredential(scope: Construct, identity: ClusterIdentity): CertificateAndKey {
  return new ClientCertificate(scope, constructId("load-balancer"), {
    user: "slipway:load-balancer",
    authority: identity.authorities["client-ca"],
    validityHours: 10 * 365 * 24,
    renewalHours: 0,
  });
}

function secretOf({ node, identity, credential }: ApiLoadBalancerProps, name: SecretName): string {
  if (name === "server-ca.crt") return identity.authorities["server-ca"].certificate;
  if (name === "load-balancer.pem") return `${credential.certificate}${credential.key}`;
  throw new Error(`${node.name} has no secret ${name}`);
}
