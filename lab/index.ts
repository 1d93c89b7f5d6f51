import { join } from "node:path";
import { freshCredentials } from "./credentials";
import type { Part } from "./engine/part";
import type { MissingProvider } from "./engine/provider-supply";
import { readCrds } from "./charts";
import { createMachineRoom, type ClusterView, type DhcpOptions, type Inspection } from "./guests";
import { type EdgeAccount, type LabEdge, startEdges } from "./edge";
import type { BreakableCluster } from "./kubernetes/contract";
import type { LabKubernetes } from "./kubernetes/lab-kubernetes";
import type { Visitor } from "./kubernetes/visitor";
import { createLabAuthority, createLabNetwork } from "./network";
import { type ProxmoxLab, startProxmox } from "./proxmox";
import { playMissing } from "./missing-providers";
import type { SecretVariable } from "./rehearse/subject";
import { secretEnvironment } from "./secret-variables";
import type { LabSite } from "./site";

export interface LabOptions {
  readonly site: LabSite;
  /** addresses that a program may ask for even while nobody answers there; any other is a complaint. */
  readonly addresses: readonly string[];
  /** dhcp of the site's router. */
  readonly dhcp: DhcpOptions;
  /** edges, the proxies in front by their addresses. */
  readonly edges: readonly string[];
  /** edgeRole of the login at them. @default "user" */
  readonly edgeRole?: EdgeAccount["role"];
  /** kubernetes of the clusters that servers begin: simulated or real. */
  readonly kubernetes: LabKubernetes;
  /** missing, the providers to be played by stand-ins. */
  readonly missing: readonly MissingProvider[];
  /** apiSchemaFile, Proxmox's published API description, where it is at hand. */
  readonly apiSchemaFile?: string;
  /** crdFolder with upstream's custom resource definitions, where it is at hand. */
  readonly crdFolder?: string;
  /** variables of Terraform that hold secrets. */
  readonly variables: readonly SecretVariable[];
  readonly scratch: string;
}

/** Lab is a whole site that runs: hosts, network, the machines on them. It knows nothing of what is rehearsed in it. */
export interface Lab {
  /** environment that leads a program into the lab; nothing else about the program differs from a real deploy. */
  readonly environment: Readonly<Record<string, string>>;
  readonly parts: readonly Part[];
  /** proxmox, the simulated hosts: what they were asked, what is on them, and a hand that disturbs them. */
  readonly proxmox: Pick<ProxmoxLab, "state" | "hand" | "requests" | "isEmpty">;
  /** complaints, all that no deploy may cause: a split cluster, a request Proxmox's schema forbids, a foreign address. */
  complaints(): readonly string[];
  /** readyNodes of the cluster that has a server at one of these addresses. */
  readyNodes(servers: readonly string[]): readonly string[];
  /** initialisations, how often a server at one of these addresses began a new cluster. */
  initialisations(servers: readonly string[]): number;
  /** outages: each time that a server at one of these addresses stopped, the names of all that did not run then. */
  outages(servers: readonly string[]): readonly (readonly string[])[];
  /** holders, of the machines at these addresses, by them: those that hold a floating address. */
  holders(addresses: readonly string[]): readonly string[];
  /** lapses: each time that a floating address was held and then by nobody, that address. */
  lapses(): readonly string[];
  /** cluster that has a server at one of these addresses now: its objects, to look at and to break. */
  cluster(servers: readonly string[]): BreakableCluster;
  /** forgetNodePasswords of that cluster, as when their Secrets are deleted: each node may come with another one, once. */
  forgetNodePasswords(servers: readonly string[]): void;
  /** visitor of that cluster, straight or through a proxy in front. */
  visitor(servers: readonly string[]): Visitor;
  /** edge, the proxy in front with this address. */
  edge(address: string): LabEdge;
  /** letDaysPass: the machines' clocks go on so far, as if the cluster had run for as long. */
  letDaysPass(days: number): void;
  /** deleteMachine as somebody would in Proxmox's own interface. */
  deleteMachine(vmId: number): Promise<void>;
  /** remains, everything that a deploy left on the simulated Proxmox and in the proxies in front. */
  remains(): readonly string[];
  /** consoles, the last lines of each machine's latest boot, by its name in Proxmox, and of each program behind Kubernetes. */
  consoles(): ReadonlyMap<string, readonly string[]>;
  close(): Promise<void>;
}

/** startLab stands a site up on this machine's loopback. */
export async function startLab(options: LabOptions): Promise<Lab> {
  const { site, scratch, kubernetes, apiSchemaFile, crdFolder } = options;
  const credentials = freshCredentials(options.edgeRole);
  const network = await createLabNetwork();
  const authority = await createLabAuthority(join(scratch, "authority"));
  const machines = createMachineRoom({
    network,
    authority,
    scratch,
    dhcp: options.dhcp,
    ...(site.releases !== undefined && { releases: site.releases }),
    ...(site.proxies !== undefined && { proxies: site.proxies }),
    ...(site.restartMilliseconds !== undefined && { restartMilliseconds: site.restartMilliseconds }),
    startControlPlane: (given) =>
      kubernetes.start({ ...given, ...(crdFolder !== undefined && { crdFolder }) }),
  });
  const proxmox = await startProxmox({
    site,
    network,
    authority,
    machines,
    accounts: credentials.accounts,
    // The provider looks at a task at once and then each second: a worker that is done by then saves a minute.
    taskMilliseconds: 0,
    ...(apiSchemaFile !== undefined && { apiSchemaFile }),
  });
  const proxies = {
    HTTP_PROXY: network.httpProxyUrl,
    HTTPS_PROXY: network.httpProxyUrl,
    KUBE_PROXY_URL: network.httpProxyUrl,
  };
  const edges = await startEdges(options.edges, { network, scratch, account: credentials.edge });
  const standIns = await playMissing(options.missing, {
    environment: { ...proxies, ...credentials.environment },
    helm: { crds: readCrds(crdFolder), webhooks: kubernetes.webhooks },
  });
  const known = new Set([
    ...options.addresses,
    ...site.hosts.map((host) => host.address),
    new URL(site.endpoint).hostname,
  ]);

  return {
    environment: {
      ...(await secretEnvironment(options.variables, authority)),
      ...credentials.environment,
      ...standIns.environment,
      ...proxies,
      PROXMOX_VE_SSH_SOCKS5_SERVER: network.socksProxyAddress,
      SSL_CERT_FILE: authority.certificateFile,
    },
    parts: [
      ...standIns.parts,
      { name: proxmoxName(apiSchemaFile), kind: "stand-in", version: "9, simulated" },
      { name: "machines: cloud-init, systemd, RKE2's joining", kind: "stand-in", version: "simulated" },
      ...kubernetes.parts,
      ...edges.parts,
    ],
    proxmox,
    complaints: () => [
      ...machines.inspect().violations,
      ...proxmox.schemaViolations.map((violation) => `Proxmox's API schema forbids: ${violation}`),
      ...[...proxmox.defects, ...edges.defects()].map((defect) => `the simulator itself failed: ${defect}`),
      ...network.refused
        .filter((target) => !known.has(hostOf(target)))
        .map((target) => `not of this site: ${target}`),
    ],
    readyNodes: (servers) =>
      clustersOf(machines.inspect(), servers).flatMap(({ nodes }) =>
        nodes.filter((node) => node.ready).map((node) => node.name),
      ),
    initialisations: (servers) => clustersOf(machines.inspect(), servers).length,
    outages: (servers) => clustersOf(machines.inspect(), servers).flatMap(({ outages }) => outages),
    holders: (addresses) =>
      [...machines.inspect().held.values()].flatMap(({ address }) =>
        addresses.includes(address) ? [address] : [],
      ),
    lapses: () => machines.inspect().lapses,
    cluster: (servers) => clusterAt(machines.inspect(), servers),
    forgetNodePasswords: (servers) => {
      clusterAt(machines.inspect(), servers).forgetPasswords();
    },
    visitor: (servers) => {
      const cluster = clusterAt(machines.inspect(), servers);
      return edges.visitor({ kubernetes, cluster, authority });
    },
    edge: (address) => edges.at(address),
    letDaysPass: (days) => {
      machines.letTimePass(days * 86_400);
    },
    deleteMachine: (vmId) => proxmox.hand.deleteVm(vmId),
    remains: () => [...proxmox.isEmpty().left, ...edges.remains()],
    consoles: () => new Map([...consolesOf(machines.inspect()), ...kubernetes.logs(), ...edges.logs()]),
    async close() {
      await proxmox.close();
      await machines.close();
      await standIns.close();
      await edges.close();
      await network.close();
    },
  };
}

function clustersOf({ clusters }: Inspection, servers: readonly string[]): ClusterView[] {
  return clusters.filter(({ members }) => members.some((member) => servers.includes(member.address)));
}

/** clusterAt servers: the latest that one of them began, for a rebuilt one may have begun another. */
function clusterAt(inspection: Inspection, servers: readonly string[]): ClusterView {
  const cluster = clustersOf(inspection, servers).at(-1);
  if (cluster === undefined) throw new Error(`no server at ${servers.join(", ")} has begun a cluster`);
  return cluster;
}

function consolesOf({ machines }: Inspection): Map<string, readonly string[]> {
  return new Map(machines.map(({ name, console, errors }) => [name, [...console.slice(-12), ...errors]]));
}

function proxmoxName(apiSchemaFile: string | undefined): string {
  const checked =
    apiSchemaFile === undefined
      ? "its API schema not at hand"
      : "every request checked against its API schema";
  return `Proxmox VE, ${checked}`;
}

function hostOf(target: string): string {
  return target.slice(0, target.lastIndexOf(":"));
}
