import { isShared } from "../draft/machines";
import type { Draft } from "../draft";
import type { DraftNode, DraftTemplate } from "../draft/machines";
import type {
  AgentNode,
  Cluster,
  Datastore,
  Host,
  ServerNode,
  SnippetNames,
  Template,
  TemplateVm,
} from "../model";
import { printIpv4 } from "../network";

/** machinesOf a cluster, and the Proxmox that they are on. */
export function machinesOf(draft: Draft): Pick<Cluster, "proxmox" | "template" | "servers" | "workers"> {
  const { input } = draft;
  const { proxmox } = input;
  const store = (id: string): Datastore => ({ id, shared: isShared(input, id) });
  const hosts = Object.entries(proxmox.hosts).map(([host, { address }]): Host => ({ name: host, address }));
  const template: Template = {
    source: draft.source,
    disk: draft.templateDisk,
    vms: draft.templates.map((vm) => templateVmOf(vm, hosts)),
  };
  const nodeBase = (node: DraftNode) => nodeBaseOf(node, hosts, template.vms);
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
    },
    template,
    servers: draft.servers.map((node): ServerNode => ({
      ...nodeBase(node),
      role: "server",
      mayInitialise: node === draft.servers[0],
    })),
    workers: draft.workers.map((node): AgentNode => ({
      ...nodeBase(node),
      role: "agent",
      pool: node.poolName,
    })),
  };
}

function templateVmOf(draft: DraftTemplate, hosts: readonly Host[]): TemplateVm {
  const vm = { host: named(hosts, draft.host), vmId: draft.vmId, name: draft.name };
  if (draft.installer === undefined) return vm;
  return { ...vm, installer: { ...draft.installer, snippets: snippetsOf(draft.installer.name) } };
}

function nodeBaseOf(node: DraftNode, hosts: readonly Host[], templates: readonly TemplateVm[]) {
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
    labels: node.pool.labels ?? {},
    taints: node.pool.taints ?? [],
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
