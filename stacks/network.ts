import { KubernetesProvider } from "@cdktf/provider-kubernetes/lib/provider";
import { NullProvider } from "@cdktf/provider-null/lib/provider";
import { TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import type { Cluster } from "../config/model";
import type { ClusterIdentity } from "../constructs/cluster-identity";
import { GateScript } from "../constructs/gate";
import { kubernetesAccess } from "../constructs/kubernetes-access";
import { KubernetesGate } from "../constructs/kubernetes-gate";
import { NetworkParts } from "../constructs/network-parts";
import { engines } from "../kubernetes/ingress";
import { keepState } from "./state";

/** From the load balancer's address to the pods: pools, certificates, DNS, services and routes. */
export class NetworkStack extends TerraformStack {
  constructor(scope: Construct, cluster: Cluster, identity: ClusterIdentity, platform: KubernetesGate) {
    super(scope, `${cluster.name}-network`);
    keepState(this, cluster.state);
    new NullProvider(this, "null");
    new KubernetesProvider(this, "kubernetes", kubernetesAccess(identity));

    const controller = cluster.ingress && engines[cluster.ingress.engine];
    const parts = new NetworkParts(this, "Default", { cluster, controller });
    if (cluster.ingress === undefined || controller === undefined) return;
    const { namespace, name } = controller.service;
    new KubernetesGate(this, "address_given", {
      script: new GateScript(this, "kubernetes.sh"),
      identity,
      waitFor: [`address/${namespace}/${name}/${cluster.ingress.address}`],
      minutes: 5,
      lookAt: `kubectl describe service ${name} --namespace ${namespace}; kubectl logs deployment/metallb-controller --namespace metallb-system`,
      triggers: { platform: platform.run, address: cluster.ingress.address },
      dependsOn: parts.entrance,
    });
  }
}
