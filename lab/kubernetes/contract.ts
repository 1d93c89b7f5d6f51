import type { Server } from "node:net";
import type { PemPair } from "../network/certificate";

/** Json is any value that JSON can hold. */
export type Json = string | number | boolean | null | readonly Json[] | JsonObject;

export interface JsonObject {
  readonly [field: string]: Json | undefined;
}

/** KubernetesObjectLike is one object as the API shows it, plain JSON. */
export interface KubernetesObjectLike extends JsonObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: ObjectMetadata;
}

export interface ObjectMetadata extends JsonObject {
  readonly name: string;
  /** namespace; absent = the kind has none. */
  readonly namespace?: string;
  readonly uid?: string;
  readonly resourceVersion?: string;
  readonly generation?: number;
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
  readonly finalizers?: readonly string[];
  readonly ownerReferences?: readonly OwnerReference[];
  /** deletionTimestamp, set while a finalizer still holds the object. */
  readonly deletionTimestamp?: string;
}

export interface OwnerReference extends JsonObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
  readonly uid: string;
  readonly controller?: boolean;
  readonly blockOwnerDeletion?: boolean;
}

/** ObjectReference names one object; KubernetesObjectLike's metadata flattened. */
export interface ObjectReference {
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
  readonly namespace?: string;
}

/** NodeEvent is what happened to a Node: it is there, perhaps changed or being deleted, or it is gone. */
export interface NodeEvent {
  readonly type: "present" | "gone";
  readonly node: KubernetesObjectLike;
}

/** ClusterObjects is what an observer of a cluster sees and can break. */
export interface ClusterObjects {
  /** objects of every kind and namespace, as they are now. */
  objects(): Promise<readonly KubernetesObjectLike[]>;
  /** deleteObject as a cluster's administrator would; resolves when it is accepted, refuses what is not there. */
  deleteObject(reference: ObjectReference): Promise<void>;
}

/** BreakableCluster can be put right again, too. */
export interface BreakableCluster extends ClusterObjects {
  /** restoreObject that was deleted, as it was. */
  restoreObject(object: KubernetesObjectLike): Promise<void>;
}

/**
 * ControlPlane is the API of one cluster and what stands behind it: the lab's own store and controllers, or a real
 * etcd, kube-apiserver, controller-manager and scheduler. Machines, etcd membership and RKE2's joining stay the lab's.
 */
export interface ControlPlane extends ClusterObjects {
  /** serve gives what answers at 6443 of one server, not listening yet; all servers of a cluster show the same objects. */
  serve(serving: ServingCertificate): Promise<Server>;
  /** registerNode as a server's own kubelet does: creates its Node, or brings status and node-role labels up to date. */
  registerNode(node: KubernetesObjectLike): Promise<void>;
  /** setNodeReady follows a kubelet that started, or was silent for too long; a Node that is not there is no error. */
  setNodeReady(name: string, ready: boolean): Promise<void>;
  /** machineStopped ends the pods of a node; what the API says of it stays as it is. */
  machineStopped(name: string): Promise<void>;
  /** renewLease of a node, now, as its kubelet does every 10 s; a Node that is not there has none. */
  renewLease(name: string): Promise<void>;
  /** releaseNode takes RKE2's finalizer from a Node whose etcd member is gone. */
  releaseNode(name: string): Promise<void>;
  /** watchNodes tells of every Node from now on, those that are there first. */
  watchNodes(listener: (event: NodeEvent) => void): void;
  /** apply one object of RKE2's server/manifests folder, as RKE2's deploy controller. */
  apply(object: KubernetesObjectLike): Promise<void>;
  /** close ends everything that was started. */
  close(): Promise<void>;
}

export interface ServingCertificate extends PemPair {
  /** names and addresses that the certificate is good for. */
  readonly names: readonly string[];
}

export interface ControlPlaneOptions {
  /** tls, the content of RKE2's server/tls by file name (`server-ca.crt`, `etcd/peer-ca.key`, `service.key`). */
  readonly tls: Readonly<Record<string, string>>;
  /** clusterCidr, the pods' addresses; a /24 of it per node. */
  readonly clusterCidr: string;
  readonly serviceCidr: string;
  /** nodePortRange, first and last, both included. */
  readonly nodePortRange: readonly [number, number];
  /** crdFolder with upstream's custom resource definitions, for programs that define their own kinds. @default minimal ones */
  readonly crdFolder?: string;
  /** hasQuorum of the simulated etcd members: without it nothing is read or written. */
  hasQuorum(): boolean;
  /** report what must fail a rehearsal: something that the control plane itself could not do. */
  report(text: string): void;
}

/** StartControlPlane is called once, by the server that initialises a cluster; the cluster begins empty. */
export type StartControlPlane = (options: ControlPlaneOptions) => Promise<ControlPlane>;

/** managedEtcdFinalizer holds a server's Node until its etcd member is gone (rke2: wrangler's managed etcd controller). */
export const managedEtcdFinalizer = "wrangler.cattle.io/managed-etcd-controller";

/** nodeLease of a Node as its kubelet writes it (kubernetes: pkg/kubelet/util/nodelease.go). */
export function nodeLease({ metadata: { name, uid = "" } }: KubernetesObjectLike): KubernetesObjectLike {
  return {
    apiVersion: "coordination.k8s.io/v1",
    kind: "Lease",
    metadata: {
      name,
      namespace: "kube-node-lease",
      ownerReferences: [{ apiVersion: "v1", kind: "Node", name, uid }],
    },
    spec: {
      holderIdentity: name,
      leaseDurationSeconds: 40,
      renewTime: new Date().toISOString().replace("Z", "000Z"),
    },
  };
}
