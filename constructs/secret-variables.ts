import { TerraformVariable } from "cdktf";
import { Construct } from "constructs";
import { constructId } from "./ids";

export interface SecretVariablesProps {
  /**
   * ephemeral: their values are in no plan and no state. Not so where a resource has to remember what it was given: a
   * snippet's content is in the state of the machines anyway, and in their plans as a sensitive value.
   */
  readonly ephemeral: boolean;
}

/** The stack's variables that hold secrets, each declared once; from the environment (`TF_VAR_<name>`) at every run. */
export class SecretVariables extends Construct {
  private readonly declared = new Map<string, TerraformVariable>();
  private readonly ephemeral: boolean;

  constructor(scope: Construct, id: string, { ephemeral }: SecretVariablesProps) {
    super(scope, id);
    this.ephemeral = ephemeral;
  }

  /** variable's value, as cdktf passes it on. */
  variable(name: string): string {
    return this.declaredAs(name).stringValue;
  }

  /** reference to the variable inside an expression that is written by hand. */
  reference(name: string): string {
    return `var.${this.declaredAs(name).friendlyUniqueId}`;
  }

  private declaredAs(name: string): TerraformVariable {
    const known = this.declared.get(name);
    if (known !== undefined) return known;
    const variable = new TerraformVariable(this, constructId(name), {
      type: "string",
      sensitive: true,
      nullable: false,
    });
    variable.overrideLogicalId(name);
    if (this.ephemeral) variable.addOverride("ephemeral", true);
    this.declared.set(name, variable);
    return variable;
  }
}
