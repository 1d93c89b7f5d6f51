import { NullProvider } from "@cdktf/provider-null/lib/provider";
import { RandomProvider } from "@cdktf/provider-random/lib/provider";
import { TlsProvider } from "@cdktf/provider-tls/lib/provider";
import { type ITerraformDependable, TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import { ProxmoxProvider } from "../.gen/providers/proxmox/provider";
import type { Cluster, ClusterNode } from "../config/model";
import type { HaProxy } from "../config/model/api";
import { ApiLoadBalancer, loadBalancerCredential } from "../constructs/api-load-balancer";
import type { ClusterIdentity } from "../constructs/cluster-identity";
import { ClusterTemplates } from "../constructs/cluster-templates";
import { GateScript } from "../constructs/gate";
import { constructId } from "../constructs/ids";
import { ProxmoxPool } from "../constructs/proxmox-pool";
import { ProxmoxPreflight } from "../constructs/proxmox-preflight";
import { Rke2Node } from "../constructs/rke2-node";
import { SecretVariables } from "../constructs/secret-variables";
import { keepState } from "./state";

/** Image, templates and nodes on Proxmox: the only stack that can destroy a machine. */
export class MachinesStack extends TerraformStack {
  constructor(scope: Construct, cluster: Cluster, identity: ClusterIdentity) {
    super(scope, `${cluster.name}-machines`);
    keepState(this, cluster.state);
    new NullProvider(this, "null");
    new RandomProvider(this, "random");
    new TlsProvider(this, "tls");
    new ProxmoxProvider(this, "proxmox", { endpoint: cluster.proxmox.endpoint });

    const proxmoxScript = new GateScript(this, "proxmox.sh");
    const kubernetesScript = new GateScript(this, "kubernetes.sh");
    const preflight = new ProxmoxPreflight(this, "preflight", { cluster, proxmoxScript });
    const variables = new SecretVariables(this, "variables", { ephemeral: false });
    const { made: pool } = new ProxmoxPool(this, constructId("pool"), { cluster, preflight });
    const templates = new ClusterTemplates(this, "Default", {
      cluster,
      proxmoxScript,
      preflight,
      dependsOn: [pool],
    });

    const addLoadBalancers = (api: HaProxy): ITerraformDependable[] => {
      const credential = loadBalancerCredential(this, identity);
      // While one restarts, the other has to hold the address.
      const gates: ITerraformDependable[] = [];
      for (const node of api.loadBalancers) {
        const { ready } = new ApiLoadBalancer(this, constructId(node.name), {
          cluster,
          api,
          node,
          identity,
          credential,
          template: templates.of(node),
          kubernetesScript,
          preflight,
          pool,
          after: gates.slice(-1),
        });
        gates.push(ready);
      }
      return gates;
    };
    const addNode = (node: ClusterNode, after: readonly ITerraformDependable[]): Rke2Node =>
      new Rke2Node(this, constructId(node.name), {
        cluster,
        node,
        identity,
        variables,
        template: templates.of(node),
        kubernetesScript,
        preflight,
        pool,
        after,
      });
    // Nodes and gates reach the API through the address that these hold.
    const inFront = cluster.api.through === "haproxy" ? addLoadBalancers(cluster.api) : [];
    // etcd takes one new member at a time, and a worker needs a server to join.
    const serverGates: ITerraformDependable[] = [];
    for (const server of cluster.servers) {
      const before = serverGates.length === 0 ? inFront : serverGates.slice(-1);
      serverGates.push(addNode(server, before).ready);
    }
    for (const worker of cluster.workers) addNode(worker, serverGates.slice(0, 1));
  }
}
