import { createHash } from "node:crypto";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import type { KubernetesObject } from "../kubernetes/object";
import { constructId } from "./ids";
import { KubernetesManifest } from "./kubernetes-manifest";

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
      object: rollsOut.includes(object.kind) ? withSpecHash(object) : object,
      dependsOn,
      ...(object.kind === "Job" ? { computedFields: labelledByJobs } : {}),
      waitForRollout: rollsOut.includes(object.kind),
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

/**
 * withSpecHash among a workload's annotations. The API counts revisions in an annotation of its own, and the provider
 * takes that for a mistake unless the manifest's annotations change as well.
 * @see https://github.com/hashicorp/terraform-provider-kubernetes/issues/1591
 */
function withSpecHash(object: KubernetesObject): KubernetesObject {
  const hash = createHash("sha256").update(JSON.stringify(object["spec"])).digest("hex").slice(0, 16);
  const annotations = { ...object.metadata.annotations, "slipway/spec": hash };
  return { ...object, metadata: { ...object.metadata, annotations } };
}

/** labelledByJobs: the API adds labels of its own to a Job's pods; the first two are the provider's default. */
const labelledByJobs = ["metadata.labels", "metadata.annotations", "spec.template.metadata.labels"];

const rollsOut: readonly string[] = ["Deployment", "StatefulSet", "DaemonSet"];
