import { App } from "cdktf";
import { reportFailure } from "./cli/mistake";
import { loadModel } from "./load-cluster";
import { addClusters } from "./stacks/cluster-chain";
import { withLocalState } from "./stacks/state";
import { withoutTokenTraces } from "./stacks/token-traces";

try {
  const { model } = loadModel();
  withoutTokenTraces();
  const app = new App();
  // Set by a rehearsal alone: it must never come near the state of what runs.
  const rehearsed = process.env["SLIPWAY_STATE"] === "local";
  addClusters(app, rehearsed ? withLocalState(model) : model);
  app.synth();
} catch (error) {
  reportFailure(error);
}
