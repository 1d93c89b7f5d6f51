import { ManifestGroup } from "./manifest-group";

/** What CoreDNS answers besides the cluster's own names: one HelmChartConfig with its whole list of servers. */
export class ClusterDns extends ManifestGroup {}
