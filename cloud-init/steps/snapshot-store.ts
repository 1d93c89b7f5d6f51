import type { ControlPlane } from "../../config/model/rke2";
import type { Step } from "../document";
import { paths } from "../paths";

/** The keys to the store of etcd's snapshots, in a file of their own that RKE2 reads after config.yaml. */
export function snapshotStore({ snapshots }: ControlPlane): Step {
  if (snapshots?.s3 === undefined) return {};
  const { ca } = snapshots.s3;
  return {
    files: [
      { path: paths.snapshotStore, secret: "snapshot-store.yaml" },
      ...(ca === undefined
        ? []
        : [{ path: paths.snapshotStoreAuthority, permissions: "0644" as const, content: ca }]),
    ],
  };
}
