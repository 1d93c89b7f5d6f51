import type { JsonObject, KubernetesObjectLike } from "../../../kubernetes/contract";
import { withField } from "../../../kubernetes/json";

/** withoutServerSide leaves out what the API writes and nobody plans (the provider's RemoveServerSideFields). */
export function withoutServerSide(object: KubernetesObjectLike): JsonObject {
  return serverSide.reduce<JsonObject>((left, path) => withField(left, path, undefined), object);
}

const serverSide: readonly (readonly string[])[] = [
  ["status"],
  ["metadata", "uid"],
  ["metadata", "creationTimestamp"],
  ["metadata", "resourceVersion"],
  ["metadata", "generation"],
  ["metadata", "selfLink"],
  ["metadata", "managedFields"],
];
