import { PrivateKey } from "@cdktf/provider-tls/lib/private-key";
import { SelfSignedCert } from "@cdktf/provider-tls/lib/self-signed-cert";
import { Construct } from "constructs";
import type { ConstructId } from "./ids";

export interface CertificateAuthorityProps {
  /** commonName, different for every authority of every cluster: RKE2 tells its authorities apart by it. */
  readonly commonName: string;
  /** protect: `prevent_destroy`; a new authority is a new cluster to every machine that runs. */
  readonly protect: boolean;
}

/** One self-signed certificate authority. In plans: `tls_self_signed_cert.<id>`. */
export class CertificateAuthority extends Construct {
  readonly certificate: string;
  readonly key: string;

  constructor(scope: Construct, id: ConstructId, props: CertificateAuthorityProps) {
    super(scope, id);
    const lifecycle = { preventDestroy: props.protect };
    const key = new PrivateKey(this, "key", { algorithm: "ECDSA", ecdsaCurve: "P256", lifecycle });
    const certificate = new SelfSignedCert(this, "Default", {
      privateKeyPem: key.privateKeyPem,
      subject: [{ commonName: props.commonName }],
      isCaCertificate: true,
      setSubjectKeyId: true,
      allowedUses: ["digital_signature", "key_encipherment", "cert_signing"],
      validityPeriodHours: tenYears,
      // Renewing an authority would cut off every machine that trusts it: only a person may do that.
      earlyRenewalHours: 0,
      lifecycle,
    });
    this.certificate = certificate.certPem;
    this.key = key.privateKeyPem;
  }
}

/** RKE2's own authorities live as long (rancher/dynamiclistener, cert/cert.go). */
const tenYears = 10 * 365 * 24;
