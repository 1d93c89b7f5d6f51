import { readCrds } from "../../../lab/charts";
import type { Surroundings } from "../../../lab/providers";

/** surroundings of stand-ins that need none. */
export const surroundings: Surroundings = {
  environment: {},
  helm: { crds: readCrds(), webhooks: "applied" },
};
