import { App, type TerraformStack } from "cdktf";
import { reportFailure } from "./cli/mistake";
import { loadModel } from "./load-cluster";
import { IdentityStack } from "./stacks/identity";
import { MachinesStack } from "./stacks/machines";

try {
  const { model } = loadModel();
  const app = new App();
  // One chain over all clusters: when one of two parallel stacks fails, cdktf kills the other's apply.
  let before: TerraformStack | undefined;
  for (const cluster of model.clusters) {
    const identity = new IdentityStack(app, cluster);
    if (before) identity.addDependency(before);
    before = new MachinesStack(app, cluster, identity.identity);
  }
  app.synth();
} catch (error) {
  reportFailure(error);
}
