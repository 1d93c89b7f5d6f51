import { ipv4Number } from "../network";
import type { Ipv4 } from "../network";
import { membersOf } from "../pools";
import type { PoolMember } from "../pools";
import type { ClusterInput, PoolInput } from "../schema";
import { gib, mib } from "../units";
import type { GiB } from "../units";

export interface DraftPool {
  readonly role: "server" | "agent" | "load-balancer";
  readonly name: string;
  readonly pool: PoolInput;
  /** keys of the pool in the file: `servers`, `workers` or `workers.gpu`. */
  readonly keys: readonly string[];
}

export interface DraftNode extends PoolMember {
  readonly name: string;
  readonly vmName: string;
  readonly vmId: number;
  readonly mac: string;
  readonly pool: PoolInput;
  readonly poolName: string;
  readonly keys: readonly string[];
}

export interface DraftTemplate {
  readonly host: string;
  readonly vmId: number;
  readonly name: string;
  readonly installer?: { readonly vmId: number; readonly name: string; readonly mac: string };
}

/** loadBalancerPools of a cluster: one where the API is reached through HAProxy. */
export function loadBalancerPools(input: ClusterInput): DraftPool[] {
  const { api } = input;
  if (api.through !== "haproxy") return [];
  const { first, on, cores, memory, disk } = api.loadBalancers;
  return [
    {
      role: "load-balancer",
      name: "load-balancer",
      pool: {
        count: 2,
        first,
        on,
        cores: cores ?? 1,
        memory: memory ?? mib(1024),
        disk: disk ?? templateDiskOf(input),
      },
      keys: ["api", "loadBalancers"],
    },
  ];
}

/** templateDiskOf a cluster, as written or as large as its system asks for. */
export function templateDiskOf({ template }: ClusterInput): GiB {
  return template.disk ?? gib("iso" in template ? 16 : 8);
}

/** isShared: every host sees the store as one. */
export function isShared(input: ClusterInput, store: string): boolean {
  return Object.hasOwn(input.proxmox.sharedStorage ?? {}, store);
}

export function nodesOf(input: ClusterInput, { name: poolName, pool, keys }: DraftPool): DraftNode[] {
  return membersOf(pool).map((member) => {
    const name = `${poolName}-${member.number}`;
    return {
      ...member,
      name,
      vmName: `${input.name}-${name}`,
      vmId: (input.proxmox.vmIds?.nodes ?? 1000) + member.address - input.network.nodes.first,
      mac: macOf(macPrefix(input), member.address),
      pool,
      poolName,
      keys,
    };
  });
}

/**
 * templatesOf a cluster: one per host that has machines; on a shared store the first host of the file has the only one,
 * nodes or not, because a template that moved when a pool grew would replace every machine cloned from it.
 */
export function templatesOf(input: ClusterInput, machines: readonly DraftNode[]): DraftTemplate[] {
  const hosts = Object.entries(input.proxmox.hosts);
  const holders = isShared(input, input.proxmox.disks)
    ? hosts.slice(0, 1)
    : hosts.filter(([name]) => machines.some((machine) => machine.host === name));
  return holders.map(([name, host]) => {
    const vmId = host.templateId ?? (input.proxmox.vmIds?.templates ?? 9000) + lastNumber(host.address);
    const template = { host: name, vmId, name: `${input.name}-template-${name.toLowerCase()}` };
    if (!("iso" in input.template)) return template;
    const mac = macOf(installerPrefix(input), ipv4Number(host.address));
    return {
      ...template,
      installer: { vmId: vmId + 500, name: `${input.name}-installer-${name.toLowerCase()}`, mac },
    };
  });
}

function macPrefix(input: ClusterInput): string {
  return input.proxmox.macPrefix ?? "02:24:11";
}

/** installerPrefix differs from the machines' in one bit of its first byte, so no installer ever has a machine's MAC. */
function installerPrefix(input: ClusterInput): string {
  const [first = "", ...rest] = macPrefix(input).split(":");
  return [hex(parseInt(first, 16) ^ 0x04), ...rest].join(":");
}

function macOf(prefix: string, address: number): string {
  return [prefix, ...[16, 8, 0].map((bits) => hex((address >>> bits) & 0xff))].join(":");
}

function hex(byte: number): string {
  return byte.toString(16).toUpperCase().padStart(2, "0");
}

function lastNumber(address: Ipv4): number {
  return ipv4Number(address) % 256;
}
