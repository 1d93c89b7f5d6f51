import { setTimeout as pause } from "node:timers/promises";
import type { KubernetesObjectLike } from "../../kubernetes/contract";
import { referenceTo } from "../../kubernetes/client";
import type { Cluster } from "./cluster";
import { HelmFailure } from "./failure";
import { waitsFor } from "./readiness";

export interface Waiting {
  readonly seconds: number;
  /** jobs are waited for too. */
  readonly jobs: boolean;
}

/** Helm looks every two seconds; the lab has less time. */
const lookEvery = 200;

/**
 * waitUntilReady looks at a release's objects until all are ready. When time is up it says, as Helm does not, what
 * was missing.
 */
export async function waitUntilReady(
  cluster: Cluster,
  objects: readonly KubernetesObjectLike[],
  { seconds, jobs }: Waiting,
): Promise<void> {
  const end = Date.now() + seconds * 1000;
  let open = await unready(cluster, objects, jobs);
  while (open.length > 0) {
    if (Date.now() >= end)
      throw new HelmFailure(["context deadline exceeded", ...told(open, seconds)].join("\n"));
    await pause(lookEvery);
    open = await unready(
      cluster,
      open.map(({ object }) => object),
      jobs,
    );
  }
}

interface Unready {
  readonly object: KubernetesObjectLike;
  readonly reason: string;
}

async function unready(
  cluster: Cluster,
  objects: readonly KubernetesObjectLike[],
  jobs: boolean,
): Promise<Unready[]> {
  const looked = await Promise.all(
    objects.map(async (object) => {
      const found = await cluster.get(referenceTo(object));
      return { object, reason: found === undefined ? "is gone" : waitsFor(found, jobs) };
    }),
  );
  return looked.flatMap(({ object, reason }) => (reason === undefined ? [] : [{ object, reason }]));
}

function told(open: readonly Unready[], seconds: number): string[] {
  return [
    `(the lab adds:) not ready after ${seconds} s:`,
    ...open.map(({ object: { kind, metadata }, reason }) => {
      const place =
        metadata.namespace === undefined ? metadata.name : `${metadata.namespace}/${metadata.name}`;
      return `  ${kind} ${place}: ${reason}`;
    }),
  ];
}
