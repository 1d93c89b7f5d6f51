import type { Template } from "./model";
import { ipv4Number } from "./network";
import type { Ipv4 } from "./network";
import { isPool, membersOf, namedPools } from "./pools";
import type { PoolMember } from "./pools";
import type { Place } from "./problem";
import type { ClusterInput, PoolInput } from "./schema";
import { sourceOf } from "./source";
import { gib } from "./units";
import type { GiB } from "./units";

/** Draft is one cluster with everything derived that can be, sound or not: what rules look at and models are made of. */
export interface Draft {
  readonly input: ClusterInput;
  /** pools: the servers', then each of the workers'. */
  readonly pools: readonly DraftPool[];
  readonly servers: readonly DraftNode[];
  readonly workers: readonly DraftNode[];
  /** nodes: servers, then workers. */
  readonly nodes: readonly DraftNode[];
  readonly templates: readonly DraftTemplate[];
  readonly templateDisk: GiB;
  readonly source: Template["source"];
  /** at is the place that these keys lead to in the operator's file. */
  readonly at: (...keys: string[]) => Place;
}

export interface DraftPool {
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

export function draftOf(input: ClusterInput, at: Draft["at"]): Draft {
  const servers: DraftPool = { name: "server", pool: input.servers, keys: ["servers"] };
  const workers = namedPools(input.workers).map(([name, pool]): DraftPool => {
    return { name, pool, keys: isPool(input.workers) ? ["workers"] : ["workers", name] };
  });
  const serverNodes = nodesOf(input, servers);
  const workerNodes = workers.flatMap((pool) => nodesOf(input, pool));
  const nodes = [...serverNodes, ...workerNodes];
  return {
    input,
    pools: [servers, ...workers],
    servers: serverNodes,
    workers: workerNodes,
    nodes,
    templates: templatesOf(input, nodes),
    source: sourceOf(input),
    templateDisk: input.template.disk ?? gib("iso" in input.template ? 16 : 8),
    at,
  };
}

export function isShared(input: ClusterInput, store: string): boolean {
  return Object.hasOwn(input.proxmox.sharedStorage ?? {}, store);
}

/** sameProxmox: two clusters stand on one Proxmox, so that VM ids, names of pools and shared stores are one set. */
export function sameProxmox(a: Draft, b: Draft): boolean {
  const addresses = Object.values(a.input.proxmox.hosts).map(({ address }) => address);
  return (
    a.input.proxmox.endpoint === b.input.proxmox.endpoint ||
    Object.values(b.input.proxmox.hosts).some(({ address }) => addresses.includes(address))
  );
}

function nodesOf(input: ClusterInput, { name: poolName, pool, keys }: DraftPool): DraftNode[] {
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
 * templatesOf a cluster: one per host that has nodes; on a shared store the first host of the file has the only one,
 * nodes or not, because a template that moved when a pool grew would replace every machine cloned from it.
 */
function templatesOf(input: ClusterInput, nodes: readonly DraftNode[]): DraftTemplate[] {
  const hosts = Object.entries(input.proxmox.hosts);
  const holders = isShared(input, input.proxmox.disks)
    ? hosts.slice(0, 1)
    : hosts.filter(([name]) => nodes.some((node) => node.host === name));
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
