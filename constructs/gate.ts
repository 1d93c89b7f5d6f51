import { resolve } from "node:path";
import { Resource } from "@cdktf/provider-null/lib/resource";
import { AssetType, type ITerraformDependable, TerraformAsset } from "cdktf";
import { Construct } from "constructs";
import { constructId } from "./ids";

/** GateScript is a bounded wait in constructs/gates/ that says what it waits for and, when time is up, where to look. */
export class GateScript extends Construct {
  /** path, relative to the folder Terraform runs in. */
  readonly path: string;

  constructor(scope: Construct, file: "kubernetes.sh" | "proxmox.sh") {
    super(scope, constructId(file.replace(".sh", "-gate")));
    this.path = new TerraformAsset(this, "script", {
      path: resolve(__dirname, "gates", file),
      type: AssetType.FILE,
    }).path;
  }
}

export interface GateProps {
  readonly script: GateScript;
  readonly arguments?: readonly string[];
  /** environment of the script. A value marked sensitive would make Terraform hide every line the gate prints. */
  readonly environment: Readonly<Record<string, string>>;
  /** triggers: the gate is passed again when one of these changes. */
  readonly triggers: Readonly<Record<string, string>>;
  /** dependsOn, besides what the triggers name. */
  readonly dependsOn?: readonly ITerraformDependable[];
}

/** A point that deploying passes only when what it waits for has come true. In plans: `null_resource.<id>`. */
export class Gate extends Construct {
  readonly passed: ITerraformDependable;
  /** run, another text whenever the gate was passed anew. */
  readonly run: string;

  constructor(scope: Construct, id: string, props: GateProps) {
    super(scope, id);
    const resource = new Resource(this, "Default", {
      triggers: { ...props.triggers },
      provisioners: [
        {
          type: "local-exec",
          command: ["bash", props.script.path, ...(props.arguments ?? [])].join(" "),
          environment: { ...props.environment },
        },
      ],
      ...(props.dependsOn === undefined ? {} : { dependsOn: [...props.dependsOn] }),
    });
    this.passed = resource;
    this.run = resource.id;
  }
}
