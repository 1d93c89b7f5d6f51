import type { KubernetesObject } from "../../trace/objects";

/** TracedCluster is what `trace` reads of one cluster. */
export interface TracedCluster {
  readonly name: string;
  readonly objects: readonly KubernetesObject[];
  /** origins, by an object's printed name: the stack and address that make it. */
  readonly origins: ReadonlyMap<string, string>;
}
