import { TerraformVariable } from "cdktf";
import { Construct } from "constructs";
import { constructId } from "./ids";

/**
 * The stack's variables that hold secrets, each declared once. Ephemeral: their values are in no plan and no state,
 * so they come from the environment (`TF_VAR_<name>`) at every run.
 */
export class EphemeralVariables extends Construct {
  private readonly declared = new Map<string, TerraformVariable>();

  variable(name: string): string {
    const known = this.declared.get(name);
    if (known !== undefined) return known.stringValue;
    const variable = new TerraformVariable(this, constructId(name), {
      type: "string",
      sensitive: true,
      nullable: false,
    });
    variable.overrideLogicalId(name);
    variable.addOverride("ephemeral", true);
    this.declared.set(name, variable);
    return variable.stringValue;
  }
}
