import { Fn, type ITerraformDependable, Token } from "cdktf";
import { Construct } from "constructs";
import { CertificateCustom } from "../.gen/providers/nginxproxymanager/certificate-custom";
import type { EdgeCertificate } from "../config/model/edge";
import { Gate, type GateScript } from "./gate";
import { constructId } from "./ids";
import type { SecretVariables } from "./secret-variables";

export interface NpmCertificateProps {
  readonly cluster: string;
  /** name in cluster.ts. */
  readonly name: string;
  /** names that it has to be for; the rules hold every host against them. */
  readonly names: readonly string[];
  /** source, two variables. */
  readonly source: Extract<EdgeCertificate["source"], { kind: "variable" }>;
  readonly variables: SecretVariables;
  readonly script: GateScript;
}

/**
 * A certificate that the proxy gets from variables, read by a gate before anything is sent. A new one is uploaded beside
 * the old, its hosts are led to it, then the old goes. In plans: `nginxproxymanager_certificate_custom.<id>`.
 */
export class NpmCertificate extends Construct {
  readonly certificateId: number;
  readonly uploaded: ITerraformDependable;

  constructor(scope: Construct, id: string, props: NpmCertificateProps) {
    super(scope, id);
    const { name, names, source } = props;
    const certificate = props.variables.variable(source.certificate);
    const key = props.variables.variable(source.key);
    const checked = new Gate(this, constructId("checked"), {
      script: props.script,
      // Marked, Terraform would hide what the gate says; it prints neither.
      environment: {
        CERTIFICATE: unmarked(certificate),
        KEY: unmarked(key),
        NAMES: names.join(" "),
        VARIABLE: source.certificate.replace(/_certificate$/, ""),
      },
      triggers: {
        names: names.join(" "),
        sent: unmarked(Fn.sha256(Fn.join("", [certificate, key]))),
      },
    });
    const uploaded = new CertificateCustom(this, "Default", {
      name: `${name} (slipway ${props.cluster})`,
      certificate,
      certificateKey: key,
      dependsOn: [checked.passed],
      lifecycle: { createBeforeDestroy: true },
    });
    this.certificateId = uploaded.id;
    this.uploaded = uploaded;
  }
}

function unmarked(value: string): string {
  return Token.asString(Fn.nonsensitive(value));
}
