import { RandomProvider } from "@cdktf/provider-random/lib/provider";
import { TlsProvider } from "@cdktf/provider-tls/lib/provider";
import { TerraformOutput, TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import type { Cluster } from "../config/model";
import { ClusterIdentity } from "../constructs/cluster-identity";
import { keepState } from "./state";

/** What outlives every machine of a cluster; a kubeconfig exists as soon as this stack is deployed. */
export class IdentityStack extends TerraformStack {
  readonly identity: ClusterIdentity;

  constructor(scope: Construct, cluster: Cluster) {
    super(scope, `${cluster.name}-identity`);
    keepState(this, cluster.state);
    new TlsProvider(this, "tls");
    new RandomProvider(this, "random");
    this.identity = new ClusterIdentity(this, "Default", {
      clusterName: cluster.name,
      apiUrl: `https://${cluster.api.address}:6443`,
      protect: cluster.protect,
    });
    new TerraformOutput(this, "kubeconfig", { value: this.identity.kubeconfig, sensitive: true });
  }
}
