import type { Cluster, Machine } from "../config/model";
import { yamlText } from "./yaml";

/** networkInterface, what every machine's only card is called, whatever slot it sits in. */
export const networkInterface = "eth0";

/** ethernetMtu, what a card has when nothing is said. */
const ethernetMtu = 1500;

/**
 * metaData names the instance: cloud-init runs once per instance-id, so it is the machine's own and not the
 * template's, and does not follow the user-data.
 */
export function metaData(machine: Machine): string {
  return instanceMetaData(machine.vmName, machine.vmId, machine.name);
}

export function instanceMetaData(vmName: string, vmId: number, hostname: string): string {
  return yamlText({ "instance-id": `${vmName}-${vmId}`, "local-hostname": hostname });
}

/**
 * networkConfig gives the card with the machine's MAC its address.
 * @see https://docs.cloud-init.io/en/latest/reference/network-config-format-v2.html
 */
export function networkConfig(cluster: Cluster, machine: Machine): string {
  const { nodes, gateway, dns, searchDomain, mtu } = cluster.network;
  return yamlText({
    version: 2,
    ethernets: {
      [networkInterface]: {
        match: { macaddress: machine.mac.toLowerCase() },
        "set-name": networkInterface,
        ...(mtu === ethernetMtu ? {} : { mtu }),
        dhcp4: false,
        dhcp6: false,
        addresses: [`${machine.address}/${nodes.prefix}`],
        routes: [{ to: "default", via: gateway }],
        nameservers: { addresses: dns, ...(searchDomain === undefined ? {} : { search: [searchDomain] }) },
      },
    },
  });
}
