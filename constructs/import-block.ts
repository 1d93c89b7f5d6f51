import { TerraformElement, type TerraformResource } from "cdktf";
import type { Construct } from "constructs";
import { addressOf } from "./terraform-text";

export interface ImportBlockProps {
  readonly to: TerraformResource;
  /** ids, a list in Terraform's language of at most one: what the provider finds the thing by. */
  readonly ids: string;
}

/**
 * ImportBlock takes over what stands outside the state. No expression can ask what the state holds, but an import block
 * is acted on exactly when its target is not in it.
 */
export class ImportBlock extends TerraformElement {
  constructor(
    scope: Construct,
    id: string,
    private readonly props: ImportBlockProps,
  ) {
    super(scope, id);
  }

  override toTerraform(): { import: object[] } {
    const { to, ids } = this.props;
    return { import: [{ for_each: `\${toset(${ids})}`, to: addressOf(to), id: "${each.value}" }] };
  }
}
