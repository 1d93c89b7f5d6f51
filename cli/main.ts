import { reportFailure } from "./mistake";
import { slipway } from "./program";

// An empty name is none, as where the file is loaded; commander would take it for one.
if (process.env["SLIPWAY_CLUSTER"] === "") delete process.env["SLIPWAY_CLUSTER"];

slipway().parseAsync().catch(reportFailure);
