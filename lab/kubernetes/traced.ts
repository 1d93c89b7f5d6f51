import { kubernetesObject, type KubernetesObject } from "../../trace/objects";
import type { KubernetesObjectLike } from "./contract";

/** tracedObjects, as what follows a request reads them. */
export function tracedObjects(objects: readonly KubernetesObjectLike[]): KubernetesObject[] {
  return objects.map((object) => kubernetesObject.parse(object));
}
