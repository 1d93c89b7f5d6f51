import { randomUUID } from "node:crypto";
import {
  type ControlPlane,
  type KubernetesObjectLike,
  managedEtcdFinalizer,
} from "../../kubernetes/contract";
import type { Authorities } from "./authorities";
import { AddressKeeper } from "./address-keeper";
import { KubeletReports } from "./kubelet-reports";
import type { KubeVip } from "./kube-vip";
import { Manifests } from "./manifests";
import { isReady, nodeOf } from "./node-object";
import { hashOf } from "./token";
import { violate, type World } from "./world";

/** Member is one etcd member: a server of the cluster. */
export interface Member {
  readonly id: string;
  readonly name: string;
  readonly address: string;
  /** interfaces of its machine at its latest start. */
  interfaces: readonly string[];
  /** alive: its RKE2 runs. */
  alive: boolean;
  /** evict ends a living server that was removed from the cluster. */
  evict: () => void;
}

/** ClusterNode is what the lab itself has to know of a Node. */
export interface ClusterNode {
  readonly name: string;
  readonly uid: string;
  readonly address: string;
  readonly bootId: string;
}

export interface ClusterOptions {
  readonly authorities: Authorities;
  readonly serverPassword: string;
  readonly agentPassword: string;
  readonly critical: Readonly<Record<string, string>>;
  readonly nodePortRange: readonly [number, number];
}

/** finalizerMs: RKE2's finalizer holds a server's Node until its etcd member is gone. */
const finalizerMs = 200;

/** Cluster is one etcd's content and membership; a second one with the same CA is a split cluster. */
export class Cluster {
  readonly id = randomUUID();
  readonly caHash: string;
  readonly members = new Map<string, Member>();
  readonly nodes = new Map<string, ClusterNode>();
  readonly passwords = new Map<string, string>();
  readonly manifests = new Manifests();
  /** outages: each time that a server stopped, the names of all that did not run then. */
  readonly outages: (readonly string[])[] = [];
  /** plane, the Kubernetes that all servers of this cluster serve. */
  readonly plane: Promise<ControlPlane>;
  private readonly keeper: AddressKeeper;
  private reports: KubeletReports | undefined;

  constructor(
    private readonly world: World,
    readonly options: ClusterOptions,
  ) {
    this.caHash = hashOf(options.authorities.server.certificatePem);
    this.keeper = new AddressKeeper(world.network, (text) => violate(world, text), this);
    this.plane = this.startPlane();
    world.clusters.push(this);
  }

  get kubeVip(): KubeVip | undefined {
    return this.manifests.kubeVip;
  }

  get rules(): readonly unknown[] {
    return this.manifests.rules();
  }

  living(): readonly Member[] {
    return [...this.members.values()].filter((member) => member.alive);
  }

  hasQuorum(): boolean {
    return this.living().length > this.members.size / 2;
  }

  /** join adds an etcd member; RKE2's own words when it may not. */
  join(name: string, address: string, interfaces: readonly string[]): Member {
    if (this.members.size > 0 && !this.hasQuorum()) {
      throw new Error(
        "etcd cluster join failed: etcdserver: re-configuration failed due to not enough started members",
      );
    }
    if (this.members.has(name)) {
      throw new Error(
        "etcd cluster join failed: duplicate node name found, please use a unique name for this node",
      );
    }
    const member: Member = {
      id: randomUUID(),
      name,
      address,
      interfaces,
      alive: false,
      evict: () => undefined,
    };
    this.members.set(name, member);
    return member;
  }

  /** stopped: a member's RKE2 does not run any more. */
  stopped(member: Member): void {
    member.alive = false;
    const silent = [...this.members.values()].filter(({ alive }) => !alive);
    if (silent.includes(member)) this.outages.push(silent.map(({ name }) => name));
    this.changed();
  }

  /** changed: a server came or went. */
  changed(): void {
    this.keeper.place();
  }

  /** holder of the API address. */
  holder(): string | undefined {
    return this.keeper.holder();
  }

  /** ready: its kubelet runs and somebody is there to know it. */
  ready(node: ClusterNode): boolean {
    return this.hasQuorum() && this.world.kubelets.runs(node.bootId);
  }

  /** admit checks a node's password against the one its name first came with. */
  admit(name: string, password: string): void {
    const known = this.passwords.get(name);
    if (known !== undefined && known !== password) {
      throw new Error(
        "Node password rejected, duplicate hostname or contents of '/etc/rancher/node/password' may not match server node-passwd entry, try enabling a unique node name with the --with-node-id flag",
      );
    }
    this.passwords.set(name, password);
  }

  /** forgetPasswords, as when their Secrets in kube-system are deleted: each node may come with another one, once. */
  forgetPasswords(): void {
    this.passwords.clear();
  }

  /** close what stands behind the API; its machines are off. */
  async close(): Promise<void> {
    const plane = await this.plane;
    await this.reports?.close();
    await plane.close();
  }

  private async startPlane(): Promise<ControlPlane> {
    const { authorities, critical, nodePortRange } = this.options;
    const plane = await this.world.startControlPlane({
      tls: authorities.files,
      clusterCidr: critical["cluster-cidr"] ?? "",
      serviceCidr: critical["service-cidr"] ?? "",
      nodePortRange,
      hasQuorum: () => this.hasQuorum(),
      report: (text) => violate(this.world, text),
    });
    plane.watchNodes(({ type, node }) => {
      if (type === "gone") this.forget(node);
      else this.know(node, plane);
    });
    this.reports = new KubeletReports(plane, {
      kubelets: this.world.kubelets,
      nodes: this.nodes,
      hasQuorum: () => this.hasQuorum(),
      follow: (work) => {
        this.follow(work);
      },
    });
    return plane;
  }

  private know(node: KubernetesObjectLike, plane: ControlPlane): void {
    const known = nodeOf(node);
    this.nodes.set(known.name, known);
    if (this.world.kubelets.runs(known.bootId) && !isReady(node))
      this.follow(plane.setNodeReady(known.name, true));
    const { deletionTimestamp, finalizers = [] } = node.metadata;
    if (deletionTimestamp === undefined || !finalizers.includes(managedEtcdFinalizer)) return;
    setTimeout(() => {
      this.finalize(known, plane);
    }, finalizerMs).unref();
  }

  /** finalize is RKE2's etcd controller: a server's Node goes when its member is gone. */
  private finalize(node: ClusterNode, plane: ControlPlane): void {
    const member = this.members.get(node.name);
    if (!this.hasQuorum() || this.nodes.get(node.name)?.uid !== node.uid) return;
    this.members.delete(node.name);
    this.follow(plane.releaseNode(node.name));
    if (member?.alive === true) member.evict();
    this.changed();
  }

  private forget({ metadata: { name, uid } }: KubernetesObjectLike): void {
    if (this.nodes.get(name)?.uid !== uid) return;
    this.nodes.delete(name);
    this.passwords.delete(name);
  }

  private follow(work: Promise<void>): void {
    work.catch((error: unknown) => {
      violate(this.world, `control plane: ${error instanceof Error ? error.message : String(error)}`);
    });
  }
}
