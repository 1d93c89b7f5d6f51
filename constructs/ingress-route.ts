import { ManifestGroup } from "./manifest-group";

/** One entry of `routes`, in the objects of the ingress engine that the cluster has. */
export class IngressRoute extends ManifestGroup {}
