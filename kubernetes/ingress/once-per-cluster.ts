import type { Cluster } from "../../config/model";

/** oncePerCluster: what follows from all routes together is worked out at the first question; a model never changes. */
export function oncePerCluster<T extends object>(make: (cluster: Cluster) => T): (cluster: Cluster) => T {
  const made = new WeakMap<Cluster, T>();
  return (cluster) => {
    const known = made.get(cluster) ?? make(cluster);
    made.set(cluster, known);
    return known;
  };
}
