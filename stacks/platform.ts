import { HelmProvider } from "@cdktf/provider-helm/lib/provider";
import { KubernetesProvider } from "@cdktf/provider-kubernetes/lib/provider";
import { NullProvider } from "@cdktf/provider-null/lib/provider";
import { TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import type { Cluster } from "../config/model";
import type { ClusterIdentity } from "../constructs/cluster-identity";
import { GateScript } from "../constructs/gate";
import { kubernetesAccess } from "../constructs/kubernetes-access";
import { KubernetesGate } from "../constructs/kubernetes-gate";
import { PlatformCharts } from "../constructs/platform-charts";
import { engines } from "../kubernetes/ingress";
import type { IngressController } from "../kubernetes/ingress/engine";
import { platformCharts } from "../kubernetes/platform-charts";
import { keepState } from "./state";

/** The charts that bring new kinds of objects; the network stack cannot even be planned before they are there. */
export class PlatformStack extends TerraformStack {
  readonly ready: KubernetesGate;

  constructor(scope: Construct, cluster: Cluster, identity: ClusterIdentity) {
    super(scope, `${cluster.name}-platform`);
    keepState(this, cluster.state);
    new NullProvider(this, "null");
    new KubernetesProvider(this, "kubernetes", kubernetesAccess(identity));
    new HelmProvider(this, "helm", { kubernetes: kubernetesAccess(identity) });

    const controller = cluster.ingress && engines[cluster.ingress.engine];
    const charts = new PlatformCharts(this, "Default", { charts: platformCharts(cluster, controller) });
    this.ready = new KubernetesGate(this, "platform_ready", {
      script: new GateScript(this, "kubernetes.sh"),
      identity,
      waitFor: waitFor(controller),
      minutes: 10,
      lookAt: "kubectl get pods --all-namespaces; kubectl describe the pod that is not Running",
      triggers: { ...charts.deployed },
      dependsOn: charts.installed,
    });
  }
}

function waitFor(controller: IngressController | undefined): string[] {
  const metalLb = ["crd/ipaddresspools.metallb.io", "crd/l2advertisements.metallb.io"];
  if (controller === undefined) return metalLb;
  const { namespace, name } = controller.deployment;
  return [...metalLb, ...controller.crds.map((crd) => `crd/${crd}`), `deployment/${namespace}/${name}`];
}
