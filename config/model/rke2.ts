import type { Cni } from "./cni";

/** Rke2, what a whole cluster has alike. */
export interface Rke2 {
  /** version, exact, as the release is tagged: `v1.36.5+rke2r1`. */
  readonly version: string;
  /** sha256 of the release's rke2.linux-amd64.tar.gz; absent = compared with the release's own checksum file. */
  readonly sha256?: string;
  readonly cni: Cni;
  /** initialise `first-day`: only while the cluster's CA is younger than a day; `allowed`: whenever nobody answers. */
  readonly initialise: "first-day" | "allowed";
  /** profile cis: hardened by the CIS benchmark. */
  readonly profile?: "cis";
  /** audit: what the API servers write about each request; absent = nothing. */
  readonly audit?: "metadata" | "request";
  readonly registries: Registries;
  /** embeddedRegistry: nodes give each other the images of mirrored registries. */
  readonly embeddedRegistry: boolean;
  /** systemDefaultRegistry of RKE2's own images; absent = docker.io. */
  readonly systemDefaultRegistry?: string;
  /** artifacts, where releases come from; absent = GitHub. */
  readonly artifacts?: Artifacts;
}

/** Registries in containerd's eyes, as RKE2's registries.yaml has them. */
export interface Registries {
  readonly mirrors: readonly Mirror[];
  readonly configs: readonly RegistryConfig[];
}

export interface Mirror {
  /** registry as an image's name begins with, or `*`. */
  readonly registry: string;
  readonly endpoint: readonly string[];
  readonly rewrite: Readonly<Record<string, string>>;
}

export interface RegistryConfig {
  /** host of a registry or mirror. */
  readonly host: string;
  /** auth, with the Terraform variable of the password. */
  readonly auth?: { readonly username: string; readonly passwordVariable: string };
  /** ca, a PEM certificate; absent = the machine's own authorities. */
  readonly ca?: string;
  readonly insecureSkipVerify: boolean;
}

export interface Artifacts {
  /** from, a URL without a slash at its end; a release's files are at <from>/<version>/. */
  readonly from: string;
  /** images: the release's archives of images are fetched too. */
  readonly images: boolean;
}

/** Arguments of Kubernetes' programs: program → flag without dashes → its values. */
export type Arguments<Program extends string> = {
  readonly [P in Program]: Readonly<Record<string, readonly string[]>>;
};

/** NodeProgram runs on every node, ServerProgram on servers only. */
export type NodeProgram = "kubelet" | "kube-proxy";
export type ServerProgram = "kube-apiserver" | "kube-controller-manager" | "kube-scheduler" | "etcd";

/** ControlPlane, what every server has alike and no worker has. */
export interface ControlPlane {
  readonly arguments: Arguments<ServerProgram>;
  /** snapshots of etcd; absent = none are taken. */
  readonly snapshots?: Snapshots;
}

export interface Snapshots {
  readonly schedule: string;
  /** retention, how many are kept of each server. */
  readonly retention: number;
  readonly compress: boolean;
  /** s3, a store where each is kept too; absent = on the server's own disk alone. */
  readonly s3?: SnapshotStore;
}

export interface SnapshotStore {
  readonly endpoint: string;
  readonly bucket: string;
  readonly folder: string;
  readonly region: string;
  /** accessKeyVariable and secretKeyVariable of Terraform. */
  readonly accessKeyVariable: string;
  readonly secretKeyVariable: string;
  /** ca, a PEM certificate; absent = the machine's own authorities. */
  readonly ca?: string;
}
