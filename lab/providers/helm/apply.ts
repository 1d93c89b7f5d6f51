import { setTimeout as pause } from "node:timers/promises";
import type { KubernetesObjectLike } from "../../kubernetes/contract";
import { textAt } from "../../kubernetes/json";
import type { Release } from "../../charts";
import { referenceTo } from "../../kubernetes/client";
import type { Cluster } from "./cluster";
import { HelmFailure } from "./failure";
import { inInstallOrder } from "./install-order";
import { conflict, owned } from "./ownership";
import type { OwnedReference } from "./record";
import { waitUntilReady } from "./wait";

/** createCrds of a chart's crds folder: those that are there are left as they are. */
export async function createCrds(cluster: Cluster, crds: readonly KubernetesObjectLike[]): Promise<void> {
  const missing: KubernetesObjectLike[] = [];
  for (const crd of crds) {
    if ((await cluster.get(referenceTo(crd))) !== undefined) continue;
    missing.push(await cluster.create(crd));
  }
  await waitUntilReady(cluster, missing, { seconds: 60, jobs: false });
}

/** checkKinds before anything is applied: Helm looks every kind up first, even those that its own templates define. */
export async function checkKinds(cluster: Cluster, objects: readonly KubernetesObjectLike[]): Promise<void> {
  const seen = new Map<string, boolean>();
  for (const { apiVersion, kind, metadata } of objects) {
    const key = `${apiVersion} ${kind}`;
    const served = seen.get(key) ?? (await cluster.serves(apiVersion, kind));
    seen.set(key, served);
    if (served) continue;
    throw new HelmFailure(
      `unable to build kubernetes objects from release manifest: resource mapping not found for name: ` +
        `"${metadata.name}" namespace: "${metadata.namespace ?? ""}" from "": no matches for kind "${kind}" ` +
        `in version "${apiVersion}"\nensure CRDs are installed first`,
    );
  }
}

/** checkOwners of objects that are there already: Helm takes over only what it made for the same release. */
export async function checkOwners(
  cluster: Cluster,
  objects: readonly KubernetesObjectLike[],
  release: Release,
  failure: string,
): Promise<void> {
  const found = await Promise.all(objects.map((object) => cluster.get(referenceTo(object))));
  for (const existing of found) {
    const why = existing && conflict(existing, release);
    if (why !== undefined) throw new HelmFailure(`${failure}: ${why}`);
  }
}

/** bringIn applies what a release renders, as its own. */
export async function bringIn(
  cluster: Cluster,
  objects: readonly KubernetesObjectLike[],
  release: Release,
): Promise<void> {
  for (const object of inInstallOrder(objects)) await cluster.apply(owned(object, release));
}

/** takeAway deletes objects in the opposite order, but for those that are to be kept; with seconds it waits for them. */
export async function takeAway(
  cluster: Cluster,
  objects: readonly OwnedReference[],
  seconds?: number,
): Promise<void> {
  const going = inInstallOrder(objects.filter(({ kept }) => !kept).map(asObject)).reverse();
  for (const object of going) await cluster.delete(referenceTo(object));
  if (seconds === undefined) return;
  const end = Date.now() + seconds * 1000;
  for (const object of going) {
    while ((await cluster.get(referenceTo(object))) !== undefined) {
      if (Date.now() >= end)
        throw new HelmFailure(
          `uninstallation completed with 1 error(s): context deadline exceeded\n` +
            `(the lab adds:) still there: ${object.kind} ${textAt(object, "metadata", "name") ?? ""}`,
        );
      await pause(100);
    }
  }
}

function asObject({ apiVersion, kind, name, namespace }: OwnedReference): KubernetesObjectLike {
  return { apiVersion, kind, metadata: { name, ...(namespace !== undefined && { namespace }) } };
}
