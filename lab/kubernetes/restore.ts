import type { ControlPlane, KubernetesObjectLike } from "./contract";

/** restore puts an object that somebody deleted back as it was written, without what the API had added to it. */
export function restore(plane: ControlPlane, object: KubernetesObjectLike): Promise<void> {
  const { apiVersion, kind, metadata, ...content } = object;
  const { name, namespace, labels, annotations } = metadata;
  const kept = {
    name,
    ...(namespace && { namespace }),
    ...(labels && { labels }),
    ...(annotations && { annotations }),
  };
  const written = Object.entries(content).filter(([field]) => field !== "status");
  return plane.apply({ ...Object.fromEntries(written), apiVersion, kind, metadata: kept });
}
