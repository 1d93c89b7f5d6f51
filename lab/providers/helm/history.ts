import type { Cluster } from "./cluster";
import { type ReleaseRecord, recordIn, secretOf } from "./record";

/** history of a release, oldest first; empty when the cluster knows none of that name. */
export async function history(cluster: Cluster, namespace: string, name: string): Promise<ReleaseRecord[]> {
  const secrets = await cluster.secrets(namespace, { owner: "helm", name });
  return secrets.map(recordIn).sort((a, b) => a.version - b.version);
}

/** remember a revision, new or changed. */
export async function remember(cluster: Cluster, release: ReleaseRecord): Promise<void> {
  await cluster.apply(secretOf(release));
}

/** forget revisions for good. */
export async function forget(cluster: Cluster, releases: readonly ReleaseRecord[]): Promise<void> {
  for (const release of releases) {
    const { name, namespace } = secretOf(release).metadata;
    await cluster.delete({ apiVersion: "v1", kind: "Secret", name, ...(namespace && { namespace }) });
  }
}

/** spare, the oldest revisions that go when no more than `most` may be kept; the deployed one stays. 0 keeps all. */
export function spare(releases: readonly ReleaseRecord[], most: number): readonly ReleaseRecord[] {
  const old = releases.filter(({ info }) => info.status !== "deployed");
  return most === 0 ? [] : old.slice(0, Math.max(0, releases.length - most));
}
