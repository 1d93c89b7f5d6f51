import type { LabOptions } from "..";

/** Subject is what a rehearsal is told: where the program is, what the site has, and which files to walk through. */
export interface Subject {
  /** project, the folder with cdktf.json. */
  readonly project: string;
  /** site that has what the files name. */
  readonly site: Pick<LabOptions, "site" | "addresses" | "dhcp" | "apiSchemaFile">;
  /** original, the operator's own file; each of the others is the one before with one edit. */
  readonly original: Layout;
  readonly oneMoreWorker: Layout;
  readonly editedCloudInit: Layout;
  readonly unprotected: Layout;
}

/** Layout is a cluster file and the machines that it asks for. */
export interface Layout {
  /** file, absolute, as SLIPWAY_CLUSTER takes it. */
  readonly file: string;
  readonly clusters: readonly LaidOutCluster[];
}

export interface LaidOutCluster {
  readonly name: string;
  /** servers, the first of them is the one that may initialise. */
  readonly servers: readonly LaidOutNode[];
  readonly workers: readonly LaidOutNode[];
}

export interface LaidOutNode {
  readonly name: string;
  readonly vmId: number;
  readonly address: string;
}

export function addressesOf(nodes: readonly LaidOutNode[]): string[] {
  return nodes.map((node) => node.address);
}
