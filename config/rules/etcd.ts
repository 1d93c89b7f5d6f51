import type { Draft } from "../draft";
import { error, warning } from "../problem";
import type { Problem } from "../problem";

/** etcd: its snapshots are taken, and each cluster's are its own. */
export function etcd(drafts: readonly Draft[]): Problem[] {
  return [
    ...drafts.flatMap((draft) => [...noSnapshots(draft), ...oneVariable(draft)]),
    ...sharedFolder(drafts),
  ];
}

function noSnapshots(draft: Draft): Problem[] {
  if (draft.input.servers.etcd?.snapshots !== false || draft.servers.length !== 1) return [];
  return [
    warning("rke2/no-snapshots", [draft.at("servers", "etcd", "snapshots"), draft.at("servers", "count")], {
      found: "false with one server",
      why: "its disk has the only copy of all that Kubernetes knows: when it dies, the cluster is gone",
      fix: "take etcd out of servers for snapshots every 12 hours, and give them s3 to survive the disk",
    }),
  ];
}

function oneVariable(draft: Draft): Problem[] {
  const store = storeOf(draft);
  if (store === undefined || store.accessKey.fromVariable !== store.secretKey.fromVariable) return [];
  const [accessKey, secretKey] = [draft.at(...storeKeys, "accessKey"), draft.at(...storeKeys, "secretKey")];
  return [
    error("rke2/one-variable-for-both-keys", [secretKey, accessKey], {
      found: `"${store.secretKey.fromVariable}" for both`,
      why: "an access key and its secret key are two texts, and the store would refuse the login",
      fix: "name a variable of its own for the secret key",
    }),
  ];
}

/**
 * sharedFolder: old snapshots are deleted by the name of their server, and each cluster has a server-1.
 * Source: k3s, pkg/etcd/s3/s3.go, SnapshotRetention
 */
function sharedFolder(drafts: readonly Draft[]): Problem[] {
  const stored = drafts.flatMap((draft) => {
    const store = storeOf(draft);
    if (store === undefined) return [];
    const { endpoint = "s3.amazonaws.com", bucket, folder = draft.input.name } = store;
    return [{ draft, folder, at: [endpoint, bucket, folder].join("\n") }];
  });
  return stored.flatMap(({ draft, folder, at }, index) => {
    const earlier = stored.slice(0, index).find((other) => other.at === at);
    if (earlier === undefined || earlier.draft.input.name === draft.input.name) return [];
    return [
      error(
        "rke2/snapshots-share-folder",
        [draft.at(...storeKeys, "folder"), earlier.draft.at(...storeKeys, "folder")],
        {
          found: `"${folder}" of one bucket for ${draft.input.name} and ${earlier.draft.input.name}`,
          why: "each server deletes old snapshots by their server's name, and both clusters have a server-1",
          fix: "leave folder out: then it is the cluster's name",
        },
      ),
    ];
  });
}

const storeKeys = ["servers", "etcd", "snapshots", "s3"];

function storeOf({ input: { servers } }: Draft) {
  const snapshots = servers.etcd?.snapshots;
  return snapshots === undefined || snapshots === false ? undefined : snapshots.s3;
}
