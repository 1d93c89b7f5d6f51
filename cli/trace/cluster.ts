import type { EdgeRecords } from "../../trace/edge/records";
import type { KubernetesObject } from "../../trace/objects";

/** TracedCluster is what `trace` reads of one cluster. */
export interface TracedCluster {
  readonly name: string;
  readonly objects: readonly KubernetesObject[];
  /** edge, the proxy in front; absent = nobody from outside is led here. */
  readonly edge?: EdgeRecords;
  /** origins, by the printed name of an object or of a row of the proxy: the stack and address that make it. */
  readonly origins: ReadonlyMap<string, string>;
}
