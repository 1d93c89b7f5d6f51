import type { Cluster } from "../config/model";
import type { Namespace } from "./chart";
import type { KubernetesObject } from "./object";
import { localPath } from "./storage/local-path";
import { upgradeController } from "./upgrades/controller";

/** PlatformPart is what the platform needs and nobody publishes as a chart that would do. */
export interface PlatformPart {
  /** name, and the beginning of its plan addresses: `kubernetes_manifest.<name>_…`. */
  readonly name: string;
  readonly namespace: Namespace;
  /** objects that the program finds when it starts. */
  readonly objects: readonly KubernetesObject[];
  readonly program: KubernetesObject;
  /** kinds that the program defines once it runs, as `<plural>.<group>`. */
  readonly kinds: readonly string[];
}

/** platformParts of a cluster, each of which may be installed before or after any other. */
export function platformParts(cluster: Cluster): readonly PlatformPart[] {
  return [
    ...(cluster.upgrades === undefined ? [] : [upgradeController(cluster)]),
    ...(cluster.storage === "local-path" ? [localPath(cluster)] : []),
  ];
}
