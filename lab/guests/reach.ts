import { isIPv4 } from "node:net";
import type { LabNetwork } from "../network/contract";
import { type GuestNetwork, onLink } from "./cloud-init/network-config";

/**
 * reachFrom leads a machine's connections as its own network would: neighbours directly, the rest by the
 * default route, names by its name servers.
 */
export function reachFrom(
  lab: LabNetwork,
  own: () => GuestNetwork,
): (host: string, port: number) => number | undefined {
  return (host, port) => {
    const network = own();
    const [first] = network.interfaces.flatMap((nic) => nic.addresses);
    if (first === undefined) return undefined;
    if (host === "127.0.0.1" || host === "localhost")
      return lab.lookup(loopbackOf(first.address), port) ?? lab.lookup(first.address, port);
    if (!isIPv4(host) && network.nameservers.length === 0) return undefined;
    if (!onLink(network.interfaces, host) && network.gateway === undefined) return undefined;
    return lab.lookup(host, port);
  };
}

/** loopbackOf the machine with this address: where only the machine itself is answered. */
export function loopbackOf(address: string): string {
  return `loopback of ${address}`;
}

/** online: package archives and names of the outside are within reach. */
export function online(network: GuestNetwork): boolean {
  return network.gateway !== undefined && network.nameservers.length > 0;
}
