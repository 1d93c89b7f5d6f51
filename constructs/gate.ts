import { resolve } from "node:path";
import { Resource } from "@cdktf/provider-null/lib/resource";
import { AssetType, type ITerraformDependable, TerraformAsset, type TerraformResource } from "cdktf";
import { Construct } from "constructs";
import { constructId } from "./ids";
import { addressOf } from "./terraform-text";

/** GateScript is a check or a bounded wait in constructs/gates/: it says what it looks at and, when it fails, what to do. */
export class GateScript extends Construct {
  /** command that runs it, its path relative to the folder Terraform runs in. */
  readonly command: string;

  constructor(scope: Construct, file: "certificate.mjs" | "kubernetes.sh" | "proxmox.sh") {
    super(scope, constructId(file.replace(/\.\w+$/, "-gate")));
    const { path } = new TerraformAsset(this, "script", {
      path: resolve(__dirname, "gates", file),
      type: AssetType.FILE,
    });
    this.command = `${file.endsWith(".mjs") ? "node" : "bash"} ${path}`;
  }
}

export interface GateProps {
  readonly script: GateScript;
  readonly arguments?: readonly string[];
  /** environment of the script. A value marked sensitive would make Terraform hide every line the gate prints. */
  readonly environment: Readonly<Record<string, string>>;
  /** triggers: the gate is passed again when one of these changes. */
  readonly triggers: Readonly<Record<string, string>>;
  /**
   * replaceTriggeredBy: the gate is passed again after a deploy that changes one of these in place, as well. Terraform
   * takes every such gate down before the first change, so that one whose deploy was killed is passed by the next.
   */
  readonly replaceTriggeredBy?: readonly TerraformResource[];
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
          command: [props.script.command, ...(props.arguments ?? [])].join(" "),
          environment: { ...props.environment },
        },
      ],
      ...(props.dependsOn === undefined ? {} : { dependsOn: [...props.dependsOn] }),
      ...(props.replaceTriggeredBy === undefined
        ? {}
        : { lifecycle: { replaceTriggeredBy: props.replaceTriggeredBy.map(addressOf) } }),
    });
    this.passed = resource;
    this.run = resource.id;
  }
}
