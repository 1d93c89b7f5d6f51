import { BlockList, isIPv4 } from "node:net";
import { z } from "zod";
import type { AgentInterface, MachineNic } from "../../machine";
import { readYaml } from "./yaml";

export interface GuestNetwork {
  readonly interfaces: readonly AgentInterface[];
  /** gateway of the default route; undefined = nothing beyond the own network is reached. */
  readonly gateway?: string;
  readonly nameservers: readonly string[];
  /** dhcp, the MACs of the NICs that ask for a lease. */
  readonly dhcp: readonly string[];
}

const cidr = z
  .string()
  .regex(/^\d+\.\d+\.\d+\.\d+\/\d+$/, "an address with its prefix, such as 192.168.0.21/24");

const ethernet = z.looseObject({
  match: z.looseObject({ macaddress: z.string().optional(), name: z.string().optional() }).optional(),
  "set-name": z.string().optional(),
  addresses: z.array(cidr).default([]),
  dhcp4: z.boolean().default(false),
  gateway4: z.string().optional(),
  routes: z.array(z.looseObject({ to: z.string(), via: z.string().optional() })).default([]),
  nameservers: z.looseObject({ addresses: z.array(z.string()).default([]) }).optional(),
});

const versionTwo = z.looseObject({
  version: z.literal(2),
  ethernets: z.record(z.string(), ethernet).default({}),
});

type Ethernet = z.output<typeof ethernet>;

/** firmwareName is how Proxmox's virtio NIC number index is called in a guest. */
export function firmwareName(index: number): string {
  return `ens${18 + index}`;
}

/** readNetworkConfig gives each NIC the addresses of the entry that matches it; without a text the first NIC asks DHCP. */
export function readNetworkConfig(text: string | undefined, nics: readonly MachineNic[]): GuestNetwork {
  if (text === undefined)
    return { ...unconfigured(nics), dhcp: nics.slice(0, 1).map((nic) => nic.mac.toLowerCase()) };
  const value = readYaml(text);
  const wrapped = z.looseObject({ network: z.unknown() }).safeParse(value);
  const parsed = versionTwo.safeParse(
    wrapped.success && wrapped.data.network !== undefined ? wrapped.data.network : value,
  );
  if (!parsed.success) throw new Error(`network-config: ${z.prettifyError(parsed.error)}`);
  const entries = Object.entries(parsed.data.ethernets);
  const matched = nics.map(
    (nic, index) => entries.find(([id, entry]) => matches(id, entry, nic, index))?.[1],
  );
  const gateway = matched.map((entry) => entry && gatewayOf(entry)).find((found) => found !== undefined);
  return {
    interfaces: nics.map((nic, index) => ({
      name: matched[index]?.["set-name"] ?? firmwareName(index),
      mac: nic.mac.toLowerCase(),
      addresses: (matched[index]?.addresses ?? []).map(splitCidr),
    })),
    ...(gateway === undefined ? {} : { gateway }),
    nameservers: matched.flatMap((entry) => entry?.nameservers?.addresses ?? []),
    dhcp: nics.filter((_, index) => matched[index]?.dhcp4 === true).map((nic) => nic.mac.toLowerCase()),
  };
}

/** unconfigured: the NICs are there, nothing gave them an address. */
export function unconfigured(nics: readonly MachineNic[]): GuestNetwork {
  return {
    interfaces: nics.map((nic, index) => ({
      name: firmwareName(index),
      mac: nic.mac.toLowerCase(),
      addresses: [],
    })),
    nameservers: [],
    dhcp: [],
  };
}

/** onLink: address belongs to a network that one of the interfaces is in. */
export function onLink(interfaces: readonly Pick<AgentInterface, "addresses">[], address: string): boolean {
  if (!isIPv4(address)) return false;
  const networks = new BlockList();
  for (const { addresses } of interfaces) {
    for (const own of addresses) networks.addSubnet(own.address, own.prefix);
  }
  return networks.check(address);
}

function matches(id: string, entry: Ethernet, nic: MachineNic, index: number): boolean {
  const { macaddress, name } = entry.match ?? { name: id };
  const sameName = name === undefined || globbed(name).test(firmwareName(index));
  const sameMac = macaddress === undefined || macaddress.toLowerCase() === nic.mac.toLowerCase();
  return sameName && sameMac && (name !== undefined || macaddress !== undefined);
}

function globbed(name: string): RegExp {
  return new RegExp(`^${name.replaceAll("*", ".*")}$`);
}

function gatewayOf(entry: Ethernet): string | undefined {
  const route = entry.routes.find(({ to }) => to === "default" || to === "0.0.0.0/0");
  const via = route?.via ?? entry.gateway4;
  return via !== undefined && onLink([{ addresses: entry.addresses.map(splitCidr) }], via) ? via : undefined;
}

function splitCidr(text: string): { address: string; prefix: number } {
  const [address = "", prefix = ""] = text.split("/");
  if (!isIPv4(address) || Number(prefix) > 32)
    throw new Error(`network-config: ${text} is no address with its prefix`);
  return { address, prefix: Number(prefix) };
}
