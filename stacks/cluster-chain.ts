import type { App, TerraformStack } from "cdktf";
import type { Model } from "../config/model";
import { EdgeStack } from "./edge";
import { IdentityStack } from "./identity";
import { MachinesStack } from "./machines";
import { NetworkStack } from "./network";
import { PlatformStack } from "./platform";

/**
 * addClusters adds every stack of every cluster, deployed one after another: when one of two parallel
 * stacks fails, cdktf kills the other's apply.
 */
export function addClusters(app: App, model: Model): void {
  let before: TerraformStack | undefined;
  for (const cluster of model.clusters) {
    const identity = new IdentityStack(app, cluster);
    if (before) identity.addDependency(before);
    const machines = new MachinesStack(app, cluster, identity.identity);
    const platform = new PlatformStack(app, cluster, identity.identity);
    platform.addDependency(machines);
    before = new NetworkStack(app, cluster, identity.identity, platform.ready);
    if (cluster.edge === undefined) continue;
    const edge = new EdgeStack(app, cluster, cluster.edge);
    edge.addDependency(before);
    before = edge;
  }
}
