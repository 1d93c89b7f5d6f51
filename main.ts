import { App } from "cdktf";
import { reportFailure } from "./cli/mistake";
import { loadModel } from "./load-cluster";
import { addClusters } from "./stacks/cluster-chain";

try {
  const { model } = loadModel();
  const app = new App();
  addClusters(app, model);
  app.synth();
} catch (error) {
  reportFailure(error);
}
