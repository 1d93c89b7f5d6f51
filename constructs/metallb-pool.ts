import { ManifestGroup } from "./manifest-group";

/** One pool of load-balancer addresses: IPAddressPools, and the L2Advertisement that announces them. */
export class MetalLbPool extends ManifestGroup {}
