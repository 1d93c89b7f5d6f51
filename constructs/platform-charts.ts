import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import type { Chart } from "../kubernetes/chart";
import { namespaceObject } from "../kubernetes/namespaces";
import { HelmChart } from "./helm-chart";
import { constructId } from "./ids";
import { Manifest } from "./manifest";

export interface PlatformChartsProps {
  readonly charts: readonly Chart[];
}

/** The charts of a cluster one after another, each with its namespace: a later one may need an earlier one's kinds. */
export class PlatformCharts extends Construct {
  readonly installed: readonly ITerraformDependable[];
  /** deployed, for each release another text whenever it was installed or upgraded. */
  readonly deployed: Readonly<Record<string, string>>;

  constructor(scope: Construct, id: string, { charts }: PlatformChartsProps) {
    super(scope, id);
    const namespaces = new Map<string, ITerraformDependable>();
    for (const { namespace } of charts) {
      if (namespaces.has(namespace.name)) continue;
      const id = constructId(`namespace-${namespace.name}`);
      const object = namespaceObject(namespace);
      namespaces.set(namespace.name, new Manifest(this, id, { object, dependsOn: [] }).applied);
    }
    const releases: HelmChart[] = [];
    for (const chart of charts) {
      const namespace = namespaces.get(chart.namespace.name);
      const before = releases.slice(-1).map(({ installed }) => installed);
      const dependsOn = namespace === undefined ? before : [namespace, ...before];
      releases.push(new HelmChart(this, constructId(chart.release), { chart, dependsOn }));
    }
    this.installed = releases.map(({ installed }) => installed);
    this.deployed = Object.fromEntries(
      charts.map(({ release }, index) => [release, releases[index]?.deployed ?? ""]),
    );
  }
}
