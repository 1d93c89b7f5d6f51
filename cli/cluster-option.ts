import { Option } from "commander";

export interface ClusterOption {
  readonly cluster?: string;
}

/** clusterOption names another cluster file, on the command line or as SLIPWAY_CLUSTER. */
export function clusterOption(): Option {
  return new Option("--cluster <file>", "the cluster file")
    .default(undefined, "cluster.ts")
    .env("SLIPWAY_CLUSTER");
}
