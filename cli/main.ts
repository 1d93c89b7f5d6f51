import { reportFailure } from "./mistake";
import { slipway } from "./program";

slipway().parseAsync().catch(reportFailure);
