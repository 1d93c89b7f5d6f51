import type { CustomSchema } from "./custom/schema";

/** Kind is one version of one resource, as discovery tells of it. */
export interface Kind {
  /** group; empty for the core group. */
  readonly group: string;
  readonly version: string;
  readonly kind: string;
  readonly plural: string;
  readonly namespaced: boolean;
  /** hasStatus: status is written through `/status` only. */
  readonly hasStatus: boolean;
  readonly shortNames: readonly string[];
  /** storageVersion, in which the store keeps objects of every version. */
  readonly storageVersion: string;
  /** custom: it comes from a CustomResourceDefinition, with the schema of this version. */
  readonly custom?: CustomSchema;
}

/** apiVersionOf is how objects of this kind name it: `v1`, `apps/v1`. */
export function apiVersionOf(kind: Pick<Kind, "group" | "version">): string {
  return kind.group === "" ? kind.version : `${kind.group}/${kind.version}`;
}

/** resourceOf is the same for all versions of a resource: `deployments.apps`. */
export function resourceOf(kind: Pick<Kind, "group" | "plural">): string {
  return kind.group === "" ? kind.plural : `${kind.plural}.${kind.group}`;
}
