import { Release } from "@cdktf/provider-helm/lib/release";
import { Fn, type ITerraformDependable, Token } from "cdktf";
import { Construct } from "constructs";
import { yamlText } from "../cloud-init/yaml";
import type { Chart } from "../kubernetes/chart";
import type { ConstructId } from "./ids";
import { literal } from "./terraform-text";

export interface HelmChartProps {
  readonly chart: Chart;
  /** dependsOn: the chart's namespace, and the charts before it. */
  readonly dependsOn: readonly ITerraformDependable[];
}

/** One Helm release. In plans: `helm_release.<release>`. */
export class HelmChart extends Construct {
  readonly installed: ITerraformDependable;
  /** deployed, another text whenever the release was installed or upgraded. */
  readonly deployed: string;

  constructor(scope: Construct, id: ConstructId, { chart, dependsOn }: HelmChartProps) {
    super(scope, id);
    const release = new Release(this, "Default", {
      name: chart.release,
      repository: chart.repository,
      chart: chart.chart,
      version: chart.version,
      namespace: chart.namespace.name,
      createNamespace: false,
      values: [literal(yamlText(chart.values))],
      maxHistory: 5,
      timeout: 600,
      // An atomic release waits: where nothing may be waited for, a failed one is left to be looked at.
      wait: chart.wait,
      atomic: chart.wait,
      cleanupOnFail: chart.wait,
      dependsOn: [...dependsOn],
    });
    this.installed = release;
    this.deployed = Token.asString(
      Fn.format("%d of %d", [release.metadata.revision, release.metadata.firstDeployed]),
    );
  }
}
