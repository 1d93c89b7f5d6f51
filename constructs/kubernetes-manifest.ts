import { type ITerraformDependable, TerraformResource } from "cdktf";
import type { Construct } from "constructs";
import type { Json, KubernetesObject } from "../kubernetes/object";
import { literal } from "./terraform-text";

export interface KubernetesManifestProps {
  readonly object: KubernetesObject;
  readonly dependsOn: readonly ITerraformDependable[];
  /** computedFields, which the API may write otherwise. @default - labels and annotations */
  readonly computedFields?: readonly string[];
  /** waitForRollout until the workload's pods answer. */
  readonly waitForRollout: boolean;
}

/**
 * `kubernetes_manifest`, without the getters of @cdktf/provider-kubernetes: nobody reads them, and each makes tokens,
 * which shows with hundreds of routes.
 */
export class KubernetesManifest extends TerraformResource {
  private readonly attributes: Record<string, unknown>;

  constructor(scope: Construct, id: string, props: KubernetesManifestProps) {
    super(scope, id, {
      terraformResourceType: "kubernetes_manifest",
      terraformGeneratorMetadata: { providerName: "kubernetes" },
      dependsOn: [...props.dependsOn],
    });
    this.attributes = {
      manifest: literalObject(props.object),
      // What somebody changed by hand, such as a rollout undone at night, is the file's again with the next deploy.
      field_manager: { force_conflicts: true },
      ...(props.computedFields === undefined ? {} : { computed_fields: props.computedFields }),
      ...(props.waitForRollout ? { wait: { rollout: true } } : {}),
    };
  }

  protected override synthesizeAttributes(): Record<string, unknown> {
    return this.attributes;
  }
}

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
