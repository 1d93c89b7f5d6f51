import type { Cluster } from "../config/model";
import { paths } from "./paths";

/** SnapshotConfig: keys about etcd's snapshots. The two keys that are secrets are in a file of their own. */
export type SnapshotConfig =
  | { readonly "etcd-disable-snapshots": true }
  | {
      readonly "etcd-snapshot-schedule-cron": string;
      readonly "etcd-snapshot-retention": number;
      readonly "etcd-snapshot-compress"?: true;
      readonly "etcd-s3"?: true;
      readonly "etcd-s3-endpoint"?: string;
      readonly "etcd-s3-endpoint-ca"?: string;
      readonly "etcd-s3-bucket"?: string;
      readonly "etcd-s3-folder"?: string;
      readonly "etcd-s3-region"?: string;
      readonly "etcd-s3-retention"?: number;
    };

/** snapshotConfig of a cluster's servers. @see https://docs.rke2.io/datastore/backup_restore */
export function snapshotConfig({ controlPlane: { snapshots }, servers }: Cluster): SnapshotConfig {
  if (snapshots === undefined) return { "etcd-disable-snapshots": true };
  const { schedule, retention, compress, s3 } = snapshots;
  return {
    "etcd-snapshot-schedule-cron": schedule,
    "etcd-snapshot-retention": retention,
    ...(compress && { "etcd-snapshot-compress": true }),
    ...(s3 !== undefined && {
      "etcd-s3": true,
      "etcd-s3-endpoint": s3.endpoint,
      ...(s3.ca !== undefined && { "etcd-s3-endpoint-ca": paths.snapshotStoreAuthority }),
      "etcd-s3-bucket": s3.bucket,
      "etcd-s3-folder": s3.folder,
      "etcd-s3-region": s3.region,
      // Each server counts what all of them keep there. (k3s: pkg/etcd/s3/s3.go, SnapshotRetention)
      "etcd-s3-retention": retention * servers.length,
    }),
  };
}
