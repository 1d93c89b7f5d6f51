import type { Cluster } from "../config/model";

/** rancherImage from the registry that RKE2's own images come from, as Rancher's charts have it too. */
export function rancherImage({ rke2 }: Cluster, image: string): string {
  return rke2.systemDefaultRegistry === undefined ? image : `${rke2.systemDefaultRegistry}/${image}`;
}
