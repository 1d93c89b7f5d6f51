import { App } from "cdktf";
import { reportFailure } from "./cli/mistake";
import { loadModel } from "./load-cluster";
import { addClusters } from "./stacks/cluster-chain";
import { withoutTokenTraces } from "./stacks/token-traces";

try {
  const { model } = loadModel();
  withoutTokenTraces();
  const app = new App();
  addClusters(app, model);
  app.synth();
} catch (error) {
  reportFailure(error);
}
