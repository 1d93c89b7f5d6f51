import type { ITerraformDependable, TerraformResource } from "cdktf";
import { Construct } from "constructs";
import type { ClusterIdentity } from "./cluster-identity";
import { Gate, type GateScript } from "./gate";

export interface KubernetesGateProps {
  readonly script: GateScript;
  readonly identity: ClusterIdentity;
  /** waitFor, in turn: a kind such as `node/…` and what it is called, as gates/kubernetes.sh reads them. */
  readonly waitFor: readonly string[];
  readonly minutes: number;
  /** lookAt, where an operator finds the reason when the time is up. */
  readonly lookAt: string;
  readonly triggers: Readonly<Record<string, string>>;
  readonly replaceTriggeredBy?: readonly TerraformResource[];
  readonly dependsOn?: readonly ITerraformDependable[];
}

/** A gate that opens when the cluster has all that it waits for. In plans: `null_resource.<id>`. */
export class KubernetesGate extends Construct {
  readonly passed: ITerraformDependable;
  /** run, another text whenever the gate was passed anew. */
  readonly run: string;

  constructor(scope: Construct, id: string, props: KubernetesGateProps) {
    super(scope, id);
    const gate = new Gate(this, "Default", {
      script: props.script,
      arguments: props.waitFor,
      environment: {
        API_URL: props.identity.apiUrl,
        AUTHORITY: props.identity.authorities["server-ca"].certificate,
        CERTIFICATE: props.identity.administrator.certificate,
        KEY: props.identity.administrator.key,
        WAIT_SECONDS: String(props.minutes * 60),
        LOOK_AT: props.lookAt,
      },
      triggers: props.triggers,
      ...(props.replaceTriggeredBy === undefined ? {} : { replaceTriggeredBy: props.replaceTriggeredBy }),
      ...(props.dependsOn === undefined ? {} : { dependsOn: props.dependsOn }),
    });
    this.passed = gate.passed;
    this.run = gate.run;
  }
}
