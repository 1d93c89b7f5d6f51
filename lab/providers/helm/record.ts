import { createHash } from "node:crypto";
import { gunzipSync, gzipSync } from "node:zlib";
import { z } from "zod";
import type { KubernetesObjectLike } from "../../kubernetes/contract";
import { textAt } from "../../kubernetes/json";
import { referenceTo } from "../../kubernetes/client";

const reference = z.object({
  apiVersion: z.string(),
  kind: z.string(),
  name: z.string(),
  namespace: z.string().exactOptional(),
  /** kept when the release goes, because its annotation says so. */
  kept: z.boolean(),
});

const record = z.object({
  name: z.string(),
  namespace: z.string(),
  version: z.int(),
  info: z.object({
    status: z.enum([
      "deployed",
      "superseded",
      "failed",
      "uninstalling",
      "pending-install",
      "pending-upgrade",
    ]),
    description: z.string(),
    first_deployed: z.number(),
    last_deployed: z.number(),
  }),
  chart: z.object({ name: z.string(), version: z.string(), appVersion: z.string(), repository: z.string() }),
  /** config, the values that were given. */
  config: z.record(z.string(), z.json()),
  /** objects that the release owns; the real record holds them whole. */
  objects: z.array(reference),
  /** manifest, the digest of the objects. */
  manifest: z.string(),
});

/** ReleaseRecord is one revision of a release, as it is remembered in the cluster. */
export type ReleaseRecord = z.infer<typeof record>;
export type OwnedReference = ReleaseRecord["objects"][number];

/** secretOf a revision: type, name and labels are Helm's own. Source: helm v3.18.4 pkg/storage/driver/secrets.go */
export function secretOf(release: ReleaseRecord): KubernetesObjectLike {
  const packed = gzipSync(JSON.stringify(release), { level: 9 }).toString("base64");
  return {
    apiVersion: "v1",
    kind: "Secret",
    metadata: {
      name: `sh.helm.release.v1.${release.name}.v${release.version}`,
      namespace: release.namespace,
      labels: {
        name: release.name,
        owner: "helm",
        status: release.info.status,
        version: String(release.version),
      },
    },
    type: "helm.sh/release.v1",
    data: { release: Buffer.from(packed).toString("base64") },
  };
}

export function recordIn(secret: KubernetesObjectLike): ReleaseRecord {
  const packed = Buffer.from(textAt(secret, "data", "release") ?? "", "base64").toString();
  return record.parse(JSON.parse(gunzipSync(Buffer.from(packed, "base64")).toString()));
}

export function ownedReferences(objects: readonly KubernetesObjectLike[]): OwnedReference[] {
  return objects.map((object) => ({
    ...referenceTo(object),
    kept: object.metadata.annotations?.["helm.sh/resource-policy"] === "keep",
  }));
}

export function digestOf(objects: readonly KubernetesObjectLike[]): string {
  return createHash("sha256").update(JSON.stringify(objects)).digest("hex");
}
