import { ManifestGroup } from "./manifest-group";

/** One entry of `services`: its Service, and the workload behind it. */
export class WebService extends ManifestGroup {}
