import { isShared } from "../draft/machines";
import type { Draft } from "../draft";
import type { DraftNode, DraftTemplate } from "../draft/machines";
import type {
  AgentNode,
  Cluster,
  Datastore,
  Host,
  LoadBalancerNode,
  MachineBase,
  ServerNode,
  SnippetNames,
  Template,
  TemplateVm,
} from "../model";
import { printIpv4 } from "../network";
import { namedPools } from "../pools";
import { upgradeLabel } from "../upgrades";
import { nodeArgumentsOf } from "./arguments";

/** machinesOf a cluster, and the Proxmox that they are on. */
export function machinesOf(draft: Draft): Pick<Cluster, "proxmox" | "template" | "servers" | "workers"> & {
  readonly loadBalancers: readonly LoadBalancerNode[];
} {
  const { input } = draft;
  const { proxmox } = input;
  const store = (id: string): Datastore => {
    const space = proxmox.sharedStorage?.[id];
    return { id, shared: isShared(input, id), ...(space === undefined ? {} : { space }) };
  };
  const hosts = Object.entries(proxmox.hosts).map(([name, { address, cores, memory, storage }]): Host => ({
    name,
    address,
    cores,
    memory,
    storage,
  }));
  const template: Template = {
    source: draft.source,
    disk: draft.templateDisk,
    vms: draft.templates.map((vm) => templateVmOf(vm, hosts)),
  };
  const machineBase = (node: DraftNode) => machineBaseOf(node, hosts, template.vms);
  return {
    proxmox: {
      endpoint: proxmox.endpoint,
      hosts,
      bridge: proxmox.bridge,
      ...(proxmox.vlan === undefined ? {} : { vlan: proxmox.vlan }),
      disks: store(proxmox.disks),
      images: store(proxmox.images),
      snippets: store(proxmox.snippets),
      pool: proxmox.pool,
      ...(proxmox.overcommit === undefined ? {} : { overcommit: proxmox.overcommit }),
    },
    template,
    servers: draft.servers.map((node): ServerNode => ({
      ...machineBase(node),
      role: "server",
      labels: { ...upgradeLabel("server", input.rke2.version), ...input.servers.labels },
      taints: [...(input.servers.dedicated === true ? [dedicated] : []), ...(input.servers.taints ?? [])],
      arguments: nodeArgumentsOf(input.servers.arguments),
      mayInitialise: node === draft.servers[0],
    })),
    workers: namedPools(input.workers).flatMap(([name, pool]) =>
      draft.workers
        .filter(({ poolName }) => poolName === name)
        .map((node): AgentNode => ({
          ...machineBase(node),
          role: "agent",
          pool: name,
          labels: {
            ...upgradeLabel("agent", input.rke2.version),
            ...(input.storage === "longhorn" ? longhornDisk : {}),
            ...pool.labels,
          },
          taints: pool.taints ?? [],
          arguments: nodeArgumentsOf(pool.arguments),
        })),
    ),
    loadBalancers: draft.loadBalancers.map((node): LoadBalancerNode => ({
      ...machineBase(node),
      role: "load-balancer",
    })),
  };
}

function templateVmOf(draft: DraftTemplate, hosts: readonly Host[]): TemplateVm {
  const vm = { host: named(hosts, draft.host), vmId: draft.vmId, name: draft.name };
  if (draft.installer === undefined) return vm;
  return { ...vm, installer: { ...draft.installer, snippets: snippetsOf(draft.installer.name) } };
}

/** dedicated: the taint that RKE2's own control plane and its essential parts tolerate (rke2-docs: docs/install/ha.md). */
const dedicated = "CriticalAddonsOnly=true:NoExecute";

/** longhornDisk: Longhorn keeps volumes on this node's disk (longhorn: docs, nodes-and-volumes/nodes/default-disk-and-node-config.md). */
const longhornDisk = { "node.longhorn.io/create-default-disk": "true" };

function machineBaseOf(
  node: DraftNode,
  hosts: readonly Host[],
  templates: readonly TemplateVm[],
): MachineBase {
  const template = templates.find(({ host }) => host.name === node.host) ?? templates[0];
  if (template === undefined) throw new Error(`no template for ${node.name}`);
  return {
    name: node.name,
    vmName: node.vmName,
    host: named(hosts, node.host),
    template,
    vmId: node.vmId,
    mac: node.mac,
    address: printIpv4(node.address),
    cores: node.pool.cores,
    memory: node.pool.memory,
    disk: node.pool.disk,
    snippets: snippetsOf(node.vmName),
  };
}

function snippetsOf(machine: string): SnippetNames {
  return {
    userData: `${machine}-user-data.yaml`,
    metaData: `${machine}-meta-data.yaml`,
    networkConfig: `${machine}-network-config.yaml`,
  };
}

/** named: a rule has refused every host that is not there. */
function named(hosts: readonly Host[], name: string): Host {
  const host = hosts.find((candidate) => candidate.name === name);
  if (host === undefined) throw new Error(`host ${name} passed the rules and is not in the file`);
  return host;
}
