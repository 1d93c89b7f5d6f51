import type { KubernetesObjectLike, ObjectReference } from "../../kubernetes/contract";

/** Cluster is what Helm asks of an API server. */
export interface Cluster {
  /** serves tells whether the API knows a kind. */
  serves(apiVersion: string, kind: string): Promise<boolean>;
  /** get an object; undefined when it is not there. */
  get(reference: ObjectReference): Promise<KubernetesObjectLike | undefined>;
  /** secrets of a namespace that have all these labels. */
  secrets(
    namespace: string,
    labels: Readonly<Record<string, string>>,
  ): Promise<readonly KubernetesObjectLike[]>;
  /** create an object, and fail when it is there. */
  create(object: KubernetesObjectLike): Promise<KubernetesObjectLike>;
  /** apply brings an object to what it should be, with what it no longer says taken away. */
  apply(object: KubernetesObjectLike): Promise<KubernetesObjectLike>;
  /** delete an object; one that is not there is no error. */
  delete(reference: ObjectReference): Promise<void>;
}

/** sameObject, whatever version of its group it is written in. */
export function sameObject(a: ObjectReference, b: ObjectReference): boolean {
  const group = ({ apiVersion }: ObjectReference): string => apiVersion.split("/").at(-2) ?? "";
  return group(a) === group(b) && a.kind === b.kind && a.name === b.name && a.namespace === b.namespace;
}
