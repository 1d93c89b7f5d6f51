import type { State } from "../model/state";
import type { ClusterInput } from "../schema";

/** stateOf a cluster, by default in files beside cluster.ts. */
export function stateOf({ name, state }: ClusterInput): State {
  if (state === undefined) return { kind: "local" };
  if ("pg" in state) return { kind: "pg", schema: state.pg.schema ?? "slipway" };
  if ("http" in state) return { kind: "http", address: state.http.address.replace(/\/+$/, "") };
  const { bucket, region, folder, endpoint } = state.s3;
  return {
    kind: "s3",
    bucket,
    region,
    folder: folder ?? name,
    ...(endpoint === undefined ? {} : { endpoint }),
  };
}
