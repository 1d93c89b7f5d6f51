import type { Api } from "./model/api";
import type { Certificate, Issuer } from "./model/certificates";
import type { ClusterDns } from "./model/cluster-dns";
import type { Edge } from "./model/edge";
import type { Ingress } from "./model/ingress";
import type { AddressPool } from "./model/load-balancer";
import type { Arguments, ControlPlane, NodeProgram, Rke2 } from "./model/rke2";
import type { Route } from "./model/routes";
import type { ConfigMap, Secret, Service } from "./model/services";
import type { State } from "./model/state";
import type { Upgrades } from "./model/upgrades";
import type { Ipv4, Ipv4Network } from "./network";
import type { GiB, MiB } from "./units";

/**
 * What constructs and cloud-init read: defaults filled, pools expanded into nodes, names, addresses,
 * MACs and VM ids decided, frozen. Nothing that reads a model validates it again.
 */
export interface Model {
  /** clusters, in the order of the file; their stacks are deployed as one chain in this order. */
  readonly clusters: readonly Cluster[];
}

export interface Cluster {
  readonly name: string;
  /** protect puts `prevent_destroy` on CAs, tokens and servers. */
  readonly protect: boolean;
  readonly proxmox: Proxmox;
  readonly network: NodeNetwork;
  readonly template: Template;
  /** servers, in join order: each waits for the one before. */
  readonly servers: readonly ServerNode[];
  /** workers, of every worker pool, in the order of the file. */
  readonly workers: readonly AgentNode[];
  readonly rke2: Rke2;
  readonly controlPlane: ControlPlane;
  readonly api: Api;
  /** storage of the default StorageClass; absent = there is none. */
  readonly storage?: "local-path" | "longhorn";
  /** upgrades of running nodes; absent = by hand. */
  readonly upgrades?: Upgrades;
  readonly state: State;
  readonly loadBalancer: { readonly pools: readonly AddressPool[] };
  /** ingress controller; absent = Services of type LoadBalancer and NodePort only. */
  readonly ingress?: Ingress;
  /** namespaces that services, ConfigMaps and Secrets of the file are in. */
  readonly namespaces: readonly string[];
  readonly services: readonly Service[];
  readonly configMaps: readonly ConfigMap[];
  readonly secrets: readonly Secret[];
  readonly issuers: readonly Issuer[];
  readonly certificates: readonly Certificate[];
  readonly routes: readonly Route[];
  /** dns of the cluster; absent = as RKE2 has it. */
  readonly dns?: ClusterDns;
  /** edge, the proxy in front; absent = nobody from outside is led here. */
  readonly edge?: Edge;
}

export interface Proxmox {
  /** endpoint, the https URL of any one host's API; a request for another host is passed on by Proxmox. */
  readonly endpoint: string;
  /** hosts, every host of the file, in its order. */
  readonly hosts: readonly Host[];
  readonly bridge: string;
  readonly vlan?: number;
  readonly disks: Datastore;
  readonly images: Datastore;
  readonly snippets: Datastore;
  /** pool, the Proxmox resource pool that every VM of the cluster is in. */
  readonly pool: string;
  /** overcommit, cores that machines may have for each core of their host; absent = none was declared. */
  readonly overcommit?: number;
}

export interface Datastore {
  readonly id: string;
  /** shared: one volume is seen by every host. */
  readonly shared: boolean;
  /** space of a shared store that this program may use. */
  readonly space?: GiB;
}

export interface Host {
  readonly name: string;
  readonly address: Ipv4;
  /** cores, threads that Proxmox shows. */
  readonly cores: number;
  readonly memory: MiB;
  /** storage of this host alone: id and the space this program may use. */
  readonly storage: Readonly<Record<string, GiB>>;
}

export interface NodeNetwork {
  readonly nodes: Ipv4Network;
  readonly gateway: Ipv4;
  readonly dns: readonly Ipv4[];
  readonly searchDomain?: string;
  /** mtu of the machines' network cards. */
  readonly mtu: number;
  readonly pods: Ipv4Network;
  readonly services: Ipv4Network;
  /** proxy that machines reach the outside through; absent = directly. */
  readonly proxy?: MachineProxy;
}

export interface MachineProxy {
  readonly url: string;
  /** except, as NO_PROXY lists them: what the operator named, and all that is the cluster's own. */
  readonly except: readonly string[];
}

export interface Template {
  readonly source: CloudImage | InstallerIso;
  /** disk of the template VM; a node's disk is at least as large. */
  readonly disk: GiB;
  /** vms, one per host that has nodes; exactly one, on the first host of the file, when the disk store is shared. */
  readonly vms: readonly TemplateVm[];
}

export interface CloudImage {
  readonly kind: "cloud-image";
  readonly url: string;
  /** sha256 of the file behind url; absent = nothing is compared, which `validate` warns about. */
  readonly sha256?: string;
  /** fileName on the image store, with the cluster's name in front; ends in .qcow2 as Proxmox asks of imports. */
  readonly fileName: string;
}

export interface InstallerIso {
  readonly kind: "iso";
  readonly url: string;
  readonly sha256?: string;
  /** fileName on the image store, with the cluster's name in front; ends in .iso. */
  readonly fileName: string;
}

export interface TemplateVm {
  readonly host: Host;
  readonly vmId: number;
  readonly name: string;
  /** installer VM that an ISO template's disk is imported from; absent for a cloud image. */
  readonly installer?: {
    readonly vmId: number;
    readonly name: string;
    readonly mac: string;
    readonly snippets: SnippetNames;
  };
}

export interface SnippetNames {
  readonly userData: string;
  readonly metaData: string;
  readonly networkConfig: string;
}

export interface MachineBase {
  /** name of the host and plan address: `proxmox_virtual_environment_vm.<name>`; of a node also in Kubernetes. */
  readonly name: string;
  /** vmName in Proxmox: the cluster's name in front, so that two clusters' VMs are told apart. */
  readonly vmName: string;
  readonly host: Host;
  /** template that this machine is cloned from. */
  readonly template: TemplateVm;
  readonly vmId: number;
  /** mac, upper case with colons, derived from the address. */
  readonly mac: string;
  readonly address: Ipv4;
  readonly cores: number;
  readonly memory: MiB;
  readonly disk: GiB;
  readonly snippets: SnippetNames;
}

interface NodeBase extends MachineBase {
  readonly labels: Readonly<Record<string, string>>;
  /** taints as RKE2 takes them: `key=value:Effect`. */
  readonly taints: readonly string[];
  readonly arguments: Arguments<NodeProgram>;
}

export interface ServerNode extends NodeBase {
  readonly role: "server";
  /** mayInitialise: the one server that may start a cluster when nobody answers. */
  readonly mayInitialise: boolean;
}

export interface AgentNode extends NodeBase {
  readonly role: "agent";
  readonly pool: string;
}

export type ClusterNode = ServerNode | AgentNode;

/** LoadBalancerNode is a machine in front of the servers; it is no node of Kubernetes. */
export interface LoadBalancerNode extends MachineBase {
  readonly role: "load-balancer";
}

export type Machine = ClusterNode | LoadBalancerNode;
