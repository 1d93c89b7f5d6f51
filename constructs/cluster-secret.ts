import { SecretV1 } from "@cdktf/provider-kubernetes/lib/secret-v1";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import type { SecretDeclaration } from "../kubernetes/secret";
import type { SecretVariables } from "./secret-variables";
import type { ConstructId } from "./ids";

export interface ClusterSecretProps {
  readonly secret: SecretDeclaration;
  readonly variables: SecretVariables;
  readonly dependsOn: readonly ITerraformDependable[];
}

/**
 * One Secret, written and never read: its values come from ephemeral variables, so that they are in no plan and no
 * state. In plans: `kubernetes_secret_v1.<id>`; a larger revision writes the variables' present values.
 */
export class ClusterSecret extends Construct {
  readonly applied: ITerraformDependable;

  constructor(scope: Construct, id: ConstructId, { secret, variables, dependsOn }: ClusterSecretProps) {
    super(scope, id);
    const values = Object.entries(secret.keys).map(([key, name]) => [key, variables.variable(name)] as const);
    this.applied = new SecretV1(this, "Default", {
      metadata: { name: secret.name, namespace: secret.namespace },
      type: secret.type,
      dataWo: Object.fromEntries(values),
      dataWoRevision: secret.revision,
      dependsOn: [...dependsOn],
    });
  }
}
