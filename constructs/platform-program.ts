import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { namespaceObject } from "../kubernetes/namespaces";
import type { KubernetesObject } from "../kubernetes/object";
import type { PlatformPart } from "../kubernetes/platform-parts";
import type { ConstructId } from "./ids";
import { addManifests } from "./manifest";

export interface PlatformProgramProps {
  readonly part: PlatformPart;
}

/** A program of the platform without a chart: its namespace, what it finds there, then itself. In plans: `kubernetes_manifest.<id>_…`. */
export class PlatformProgram extends Construct {
  readonly running: readonly ITerraformDependable[];

  constructor(scope: Construct, id: ConstructId, { part }: PlatformProgramProps) {
    super(scope, id);
    const add = (
      objects: readonly KubernetesObject[],
      dependsOn: readonly ITerraformDependable[],
    ): ITerraformDependable[] => addManifests(this, part.name, objects, dependsOn);
    const namespace = add([namespaceObject(part.namespace)], []);
    const found = add(part.objects, namespace);
    this.running = add([part.program], found);
  }
}
