import type { Ipv4, Ipv4Network } from "../network";

/** ClusterDns is what CoreDNS answers besides the cluster's own names. */
export interface ClusterDns {
  /** forward, the resolvers for every other name; none = those of the node. */
  readonly forward: readonly Ipv4[];
  /** hosts: names and their address, the split horizon's among them. */
  readonly hosts: Readonly<Record<string, Ipv4>>;
  /** rewrites of names: asked → answered as. */
  readonly rewrites: Readonly<Record<string, string>>;
  /** zones that other servers answer: `home.arpa` → its servers. */
  readonly zones: Readonly<Record<string, readonly Ipv4[]>>;
  /** wildcards of the split horizon: `test.com` → address for every name one level below it, as a certificate covers them. */
  readonly wildcards: Readonly<Record<string, Ipv4>>;
  /** reverse zones of the cluster's own networks. */
  readonly reverse: readonly Ipv4Network[];
}
