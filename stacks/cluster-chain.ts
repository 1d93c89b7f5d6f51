import type { App, TerraformStack } from "cdktf";
import type { Model } from "../config/model";
import { IdentityStack } from "./identity";
import { MachinesStack } from "./machines";

/**
 * addClusters adds every stack of every cluster, deployed one after another: when one of two parallel
 * stacks fails, cdktf kills the other's apply.
 */
export function addClusters(app: App, model: Model): void {
  let before: TerraformStack | undefined;
  for (const cluster of model.clusters) {
    const identity = new IdentityStack(app, cluster);
    if (before) identity.addDependency(before);
    before = new MachinesStack(app, cluster, identity.identity);
  }
}
