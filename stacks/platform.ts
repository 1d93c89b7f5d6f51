import { HelmProvider } from "@cdktf/provider-helm/lib/provider";
import { KubernetesProvider } from "@cdktf/provider-kubernetes/lib/provider";
import { NullProvider } from "@cdktf/provider-null/lib/provider";
import { TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import type { Cluster } from "../config/model";
import type { ClusterIdentity } from "../constructs/cluster-identity";
import { GateScript } from "../constructs/gate";
import { constructId } from "../constructs/ids";
import { kubernetesAccess } from "../constructs/kubernetes-access";
import { KubernetesGate } from "../constructs/kubernetes-gate";
import { PlatformCharts } from "../constructs/platform-charts";
import { PlatformProgram } from "../constructs/platform-program";
import { engines } from "../kubernetes/ingress";
import type { IngressController } from "../kubernetes/ingress/engine";
import { platformCharts } from "../kubernetes/platform-charts";
import { platformParts, type PlatformPart } from "../kubernetes/platform-parts";
import { keepState } from "./state";

/** The programs that bring new kinds of objects; the network stack cannot even be planned before those are there. */
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
    const parts = platformParts(cluster);
    const programs = parts.map((part) => new PlatformProgram(this, constructId(part.name), { part }));
    this.ready = new KubernetesGate(this, "platform_ready", {
      script: new GateScript(this, "kubernetes.sh"),
      identity,
      waitFor: waitFor(controller, parts),
      minutes: 10,
      lookAt: "kubectl get pods --all-namespaces; kubectl describe the pod that is not Running",
      triggers: { ...charts.deployed, ...definedBy(parts) },
      dependsOn: [...charts.installed, ...programs.flatMap(({ running }) => running)],
    });
  }
}

/** definedBy a part that may come later than the gate was first passed. */
function definedBy(parts: readonly PlatformPart[]): Record<string, string> {
  const defining = parts.filter(({ kinds }) => kinds.length > 0);
  return Object.fromEntries(defining.map(({ name, kinds }) => [name, kinds.join()]));
}

function waitFor(controller: IngressController | undefined, parts: readonly PlatformPart[]): string[] {
  const kinds = [
    "ipaddresspools.metallb.io",
    "l2advertisements.metallb.io",
    ...parts.flatMap((part) => part.kinds),
    ...(controller?.crds ?? []),
  ].map((kind) => `crd/${kind}`);
  if (controller === undefined) return kinds;
  const { namespace, name } = controller.deployment;
  return [...kinds, `deployment/${namespace}/${name}`];
}
