import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import type { ObjectGroup } from "../kubernetes/network-objects";
import type { ConstructId } from "./ids";
import { addManifests } from "./manifest";

export interface ManifestGroupProps {
  readonly group: ObjectGroup;
  readonly dependsOn: readonly ITerraformDependable[];
}

/** The objects that one entry of cluster.ts becomes. In plans: `kubernetes_manifest.<part>-<name>_<kind>_…`. */
export class ManifestGroup extends Construct {
  readonly applied: readonly ITerraformDependable[];

  constructor(scope: Construct, id: ConstructId, { group, dependsOn }: ManifestGroupProps) {
    super(scope, id);
    this.applied = addManifests(this, group.name, group.objects, dependsOn);
  }
}
