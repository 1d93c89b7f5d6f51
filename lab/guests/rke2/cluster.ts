import { randomUUID } from "node:crypto";
import type { Authorities } from "./authorities";
import { AddressKeeper } from "./address-keeper";
import type { KubeVip } from "./kube-vip";
import { Rbac } from "./rbac";
import { hashOf } from "./token";
import { violate, type World } from "./world";

/** Member is one etcd member: a server of the cluster. */
export interface Member {
  readonly id: string;
  readonly name: string;
  readonly address: string;
  readonly interfaces: readonly string[];
  /** alive: its RKE2 runs. */
  alive: boolean;
  /** evict ends a living server that was removed from the cluster. */
  evict: () => void;
}

export interface ClusterNode {
  readonly name: string;
  readonly uid: string;
  readonly created: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly taints: readonly string[];
  readonly address: string;
  readonly version: string;
  readonly bootId: string;
  deleting?: string;
}

export interface ClusterOptions {
  readonly authorities: Authorities;
  readonly serverPassword: string;
  readonly agentPassword: string;
  readonly critical: Readonly<Record<string, string>>;
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
  readonly rbac = new Rbac();
  kubeVip: KubeVip | undefined;
  private readonly keeper: AddressKeeper;

  constructor(
    private readonly world: World,
    readonly options: ClusterOptions,
  ) {
    this.caHash = hashOf(options.authorities.server.certificatePem);
    this.keeper = new AddressKeeper(world.network, (text) => violate(world, text), this);
    world.clusters.push(this);
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
    return this.hasQuorum() && this.world.kubelets.has(node.bootId);
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

  /** deleteNode: a server's Node stays, held by its finalizer, until its etcd member is removed. */
  deleteNode(node: ClusterNode): void {
    node.deleting ??= new Date().toISOString();
    if (this.members.has(node.name))
      setTimeout(() => {
        this.finalize(node);
      }, finalizerMs).unref();
    else this.forget(node);
  }

  private finalize(node: ClusterNode): void {
    const member = this.members.get(node.name);
    if (!this.hasQuorum()) return;
    this.members.delete(node.name);
    this.forget(node);
    if (member?.alive === true) member.evict();
    this.changed();
  }

  private forget(node: ClusterNode): void {
    if (this.nodes.get(node.name) !== node) return;
    this.nodes.delete(node.name);
    this.passwords.delete(node.name);
  }
}
