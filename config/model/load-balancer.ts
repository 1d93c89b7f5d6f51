import type { Ipv4, Ipv4Range } from "../network";

/** AddressPool, from which Services of type LoadBalancer get their addresses; MetalLB announces them on the node network. */
export interface AddressPool {
  /** name of its IPAddressPool and L2Advertisement: `default` where the file has one unnamed range. */
  readonly name: string;
  /** addresses that it gives out by itself: what the file says without what is reserved. */
  readonly addresses: readonly Ipv4Range[];
  /** reserved addresses, given to nobody who does not ask for them: the ingress', those of services, those the file reserves. */
  readonly reserved: readonly Ipv4[];
  /** autoAssign: a Service that asks for no pool may get one of its addresses. */
  readonly autoAssign: boolean;
  /** avoidBuggyIps: addresses that end in .0 and .255 stay unused. */
  readonly avoidBuggyIps: boolean;
  readonly announce: Announcement;
}

/** Announcement: which nodes answer ARP for a pool's addresses, and on which of their interfaces. */
export interface Announcement {
  /** nodeLabels that a node needs; none = every node. */
  readonly nodeLabels: Readonly<Record<string, string>>;
  /** interfaces; none = every one of them. */
  readonly interfaces: readonly string[];
}
