import type { GuestNetwork } from "./cloud-init/network-config";

/** DhcpOptions: what the router of the lab's node network leases. */
export interface DhcpOptions {
  /** addresses to lease, one per MAC. */
  readonly addresses: readonly string[];
  readonly prefix: number;
  readonly gateway: string;
  readonly nameservers: readonly string[];
}

export type Dhcp = (network: GuestNetwork) => GuestNetwork;

/** createDhcp leases addresses to the NICs that ask; a MAC keeps its lease. Without options nobody answers. */
export function createDhcp(options: DhcpOptions | undefined): Dhcp {
  const leases = new Map<string, string>();
  return (network) => {
    if (options === undefined || network.dhcp.length === 0) return network;
    for (const mac of network.dhcp) {
      const free = options.addresses.find((address) => ![...leases.values()].includes(address));
      if (!leases.has(mac) && free !== undefined) leases.set(mac, free);
    }
    const leased = (mac: string): { address: string; prefix: number }[] => {
      const address = network.dhcp.includes(mac) ? leases.get(mac) : undefined;
      return address === undefined ? [] : [{ address, prefix: options.prefix }];
    };
    return {
      ...network,
      interfaces: network.interfaces.map((nic) => ({
        ...nic,
        addresses: [...nic.addresses, ...leased(nic.mac)],
      })),
      gateway: network.gateway ?? options.gateway,
      nameservers: network.nameservers.length > 0 ? network.nameservers : options.nameservers,
    };
  };
}
