import { resolve } from "node:path";

/** referenceData, the folder of published schemas that tests hold ours against; it may be missing. */
export const referenceData = process.env["SLIPWAY_REFERENCE_DATA"] ?? resolve(__dirname, "../../shared/data");
