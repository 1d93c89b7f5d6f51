import { draftOf, isShared } from "./draft";
import type { Draft, DraftNode, DraftTemplate } from "./draft";
import { inFileOrder, placesOf, within } from "./file-order";
import type {
  AgentNode,
  Cluster,
  Datastore,
  Host,
  Model,
  ServerNode,
  SnippetNames,
  Template,
  TemplateVm,
} from "./model";
import { printIpv4 } from "./network";
import { ClusterProblems } from "./problem";
import type { Problem } from "./problem";
import { addressPoolOf, cniOf } from "./resolve/network";
import { judge } from "./rules";
import { readCluster } from "./schema/problems";
import { idleWaivers, withoutAccepted } from "./waivers";

/** Resolved is a model and what an operator should know about it all the same. */
export interface Resolved {
  readonly model: Model;
  readonly warnings: readonly Problem[];
}

/** resolve turns every cluster of a file into one frozen model, or throws all that is wrong with all of them. */
export function resolve(literals: readonly unknown[], file = "cluster.ts"): Resolved {
  const read = literals.map((literal, cluster) => readCluster(literal, placesOf(literals, cluster)));
  const misread = read.flatMap(({ problems }) => problems);
  const draftsUnder = (reading: 0 | 1): Draft[] =>
    read.flatMap(({ inputs, at }) => (inputs === undefined ? [] : [draftOf(inputs[reading], at)]));
  const drafts = draftsUnder(0);
  const judged = misread.length === 0 ? judge(drafts) : inBoth(judge(drafts), judge(draftsUnder(1)), misread);
  const idle = misread.length === 0 ? idleWaivers(drafts, judged) : [];
  const problems = inFileOrder(literals, [...misread, ...withoutAccepted(drafts, judged), ...idle]);
  if (problems.some((problem) => problem.severity === "error")) throw new ClusterProblems(file, problems);
  return { model: frozen({ clusters: drafts.map(clusterOf) }), warnings: problems };
}

/** inBoth: of the problems under two readings, those that owe nothing to what stands in for a misread value. */
function inBoth(
  problems: readonly Problem[],
  others: readonly Problem[],
  misread: readonly Problem[],
): Problem[] {
  const sense = ({ code, places, found, why }: Problem) => JSON.stringify([code, places, found, why]);
  const otherwise = new Set(others.map(sense));
  const misreadPlaces = misread.flatMap(({ places }) => places);
  return problems
    .filter((problem) => otherwise.has(sense(problem)))
    .filter(({ places }) => !places.some((place) => misreadPlaces.some((other) => within(place, other))));
}

function clusterOf(draft: Draft): Cluster {
  const { input } = draft;
  const { name, protect, proxmox, network, rke2, api } = input;
  const store = (id: string): Datastore => ({ id, shared: isShared(input, id) });
  const hosts = Object.entries(proxmox.hosts).map(([host, { address }]): Host => ({ name: host, address }));
  const template: Template = {
    source: draft.source,
    disk: draft.templateDisk,
    vms: draft.templates.map((vm) => templateVmOf(vm, hosts)),
  };
  const nodeBase = (node: DraftNode) => nodeBaseOf(node, hosts, template.vms);
  return {
    name,
    protect: protect ?? true,
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
    network: {
      nodes: network.nodes,
      gateway: network.gateway,
      dns: network.dns,
      ...(network.searchDomain === undefined ? {} : { searchDomain: network.searchDomain }),
      pods: network.pods,
      services: network.services,
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
    rke2: {
      version: rke2.version,
      ...(rke2.sha256 === undefined ? {} : { sha256: rke2.sha256 }),
      cni: cniOf(input),
      initialise: rke2.initialise ?? "first-day",
    },
    api,
    loadBalancer: { pools: draft.addressPools.map((pool) => addressPoolOf(pool, [])) },
    namespaces: [],
    services: [],
    configMaps: [],
    secrets: [],
    issuers: [],
    certificates: [],
    routes: [],
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

function frozen<T>(value: T): T {
  if (typeof value === "object" && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    Object.values(value).forEach(frozen);
  }
  return value;
}
