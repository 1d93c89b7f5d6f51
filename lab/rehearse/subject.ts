import type { LabOptions } from "..";

/** Subject is what a rehearsal is told: where the program is, what the site has, and which files to walk through. */
export interface Subject {
  /** project, the folder with cdktf.json. */
  readonly project: string;
  /** site that has what the files name. */
  readonly site: Pick<
    LabOptions,
    "site" | "edges" | "edgeRole" | "addresses" | "dhcp" | "apiSchemaFile" | "crdFolder"
  >;
  /** kubernetes of the lab: its own, or the real programs. */
  readonly kubernetes: "simulated" | "real";
  /** variables, the secrets that the stacks ask for, with values made for this rehearsal. */
  readonly variables: readonly SecretVariable[];
  /** original, the operator's own file; each of the others is the one before with one edit. */
  readonly original: Layout;
  readonly oneMoreWorker: Layout;
  /** oneMoreRoute; absent where the file has no route. */
  readonly oneMoreRoute?: Layout;
  /** newVersion of services that requests reach; absent where none can be replaced without a gap. */
  readonly newVersion?: NewVersion;
  /** upgraded to another rke2.version; absent where nobody upgrades nodes. */
  readonly upgraded?: Upgraded;
  readonly editedCloudInit: Layout;
  /** initialiseAllowed at any time; absent where every cluster has one server, which has no peers to miss. */
  readonly initialiseAllowed?: Layout;
  readonly unprotected: Layout;
}

/** Layout is a cluster file and the machines that it asks for. */
export interface Layout {
  /** file, absolute, as SLIPWAY_CLUSTER takes it. */
  readonly file: string;
  readonly clusters: readonly LaidOutCluster[];
}

export interface NewVersion extends Layout {
  /** services that get it, by name. */
  readonly services: readonly string[];
}

export interface Upgraded extends Layout {
  /** versions by cluster, of those whose nodes are upgraded. */
  readonly versions: Readonly<Record<string, string>>;
}

export interface LaidOutCluster {
  readonly name: string;
  /** servers, the first of them is the one that may initialise. */
  readonly servers: readonly LaidOutNode[];
  readonly workers: readonly LaidOutNode[];
  /** loadBalancers, machines in front of the servers that hold the API address; none where a server does. */
  readonly loadBalancers: readonly LaidOutNode[];
  /** routes by the names of their objects. */
  readonly routes: readonly string[];
  /** hostsInFront, in the proxy in front, by their names in a plan. */
  readonly hostsInFront: readonly string[];
  /** requests that the cluster has to answer. */
  readonly requests: readonly ExpectedRequest[];
}

/** SecretVariable of Terraform: any text, or a certificate and its key for these names, in two variables. */
export type SecretVariable =
  | { readonly kind: "text"; readonly name: string }
  | {
      readonly kind: "certificate";
      readonly certificate: string;
      readonly key: string;
      readonly names: readonly string[];
    };

export interface ExpectedRequest {
  readonly url: string;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  /** through the proxy in front with this address; absent = straight to the load balancer. */
  readonly through?: string;
  readonly answer: ExpectedAnswer;
  /** isLimited: a visitor may ask only so often or so much at once. */
  readonly isLimited: boolean;
  /** isRetried: another pod is asked when one takes no connection, and there is another. */
  readonly isRetried: boolean;
  /** breaker: a pod that failed so often in a row gets nothing for a while. */
  readonly breaker?: { readonly failures: number; readonly pauseSeconds: number };
}

export type ExpectedAnswer =
  /** services, each with the share of such requests that it answers, in percent. */
  | { readonly kind: "services"; readonly shares: Readonly<Record<string, number>> }
  | { readonly kind: "redirect"; readonly status: number }
  | { readonly kind: "outside"; readonly host: string }
  | { readonly kind: "nobody" };

export interface LaidOutNode {
  readonly name: string;
  readonly vmId: number;
  readonly address: string;
}

/** grown, the layout when a worker and a route have come. */
export function grown({ oneMoreRoute, oneMoreWorker }: Subject): Layout {
  return oneMoreRoute ?? oneMoreWorker;
}

export function addressesOf(nodes: readonly LaidOutNode[]): string[] {
  return nodes.map((node) => node.address);
}
