import { Option } from "commander";
import { offering, offersFiles } from "./completion/offer";

export interface ClusterOption {
  readonly cluster?: string;
}

/** clusterOption names another cluster file, on the command line or as SLIPWAY_CLUSTER. */
export function clusterOption(): Option {
  const option = new Option("--cluster <file>", "another cluster file than cluster.ts").env(
    "SLIPWAY_CLUSTER",
  );
  return offering(option, offersFiles("ts"));
}
