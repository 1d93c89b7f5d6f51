import { Manifest as KubernetesManifest } from "@cdktf/provider-kubernetes/lib/manifest";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import type { Json, KubernetesObject } from "../kubernetes/object";
import { constructId } from "./ids";
import { literal } from "./terraform-text";

export interface ManifestProps {
  readonly object: KubernetesObject;
  readonly dependsOn: readonly ITerraformDependable[];
}

/** One Kubernetes object. In plans: `kubernetes_manifest.<id>`. A workload's deploy ends when its pods answer. */
export class Manifest extends Construct {
  readonly applied: ITerraformDependable;

  constructor(scope: Construct, id: string, { object, dependsOn }: ManifestProps) {
    super(scope, id);
    this.applied = new KubernetesManifest(this, "Default", {
      manifest: literalObject(object),
      dependsOn: [...dependsOn],
      // What somebody changed by hand, such as a rollout undone at night, is the file's again with the next deploy.
      fieldManager: { forceConflicts: true },
      ...(object.kind === "Job" ? { computedFields: labelledByJobs } : {}),
      ...(rollsOut.includes(object.kind) ? { wait: { rollout: true } } : {}),
    });
  }
}

/** addManifests of one owner: each object's id is its kind, and its name where that is not the owner's. */
export function addManifests(
  scope: Construct,
  owner: string,
  objects: readonly KubernetesObject[],
  dependsOn: readonly ITerraformDependable[],
): ITerraformDependable[] {
  return objects.map((object) => {
    const { name } = object.metadata;
    const kind = object.kind.toLowerCase();
    const id = constructId(name === owner ? kind : `${kind}-${name}`);
    return new Manifest(scope, id, { object, dependsOn }).applied;
  });
}

/** labelledByJobs: the API adds labels of its own to a Job's pods; the first two are the provider's default. */
const labelledByJobs = ["metadata.labels", "metadata.annotations", "spec.template.metadata.labels"];

const rollsOut: readonly string[] = ["Deployment", "StatefulSet", "DaemonSet"];

function literalObject(object: { readonly [key: string]: Json | undefined }): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(object).flatMap(([key, value]) =>
      value === undefined ? [] : [[literal(key), literalValue(value)]],
    ),
  );
}

function literalValue(value: Json): unknown {
  if (typeof value === "string") return literal(value);
  if (typeof value !== "object" || value === null) return value;
  return isList(value) ? value.map(literalValue) : literalObject(value);
}

function isList(value: Extract<Json, object>): value is readonly Json[] {
  return Array.isArray(value);
}
