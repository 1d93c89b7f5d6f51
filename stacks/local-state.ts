import { LocalBackend, type TerraformStack } from "cdktf";

/**
 * keepStateBesideProject puts a stack's state next to cdktf.out, by a path relative to the folder Terraform
 * runs in: cdktf's own default writes the working copy's absolute path into every stack.
 */
export function keepStateBesideProject(stack: TerraformStack): void {
  new LocalBackend(stack, { path: `../../../terraform.${stack.node.id}.tfstate` });
}
