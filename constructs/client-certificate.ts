import { CertRequest } from "@cdktf/provider-tls/lib/cert-request";
import { LocallySignedCert } from "@cdktf/provider-tls/lib/locally-signed-cert";
import { PrivateKey } from "@cdktf/provider-tls/lib/private-key";
import { Construct } from "constructs";
import type { ConstructId } from "./ids";

export interface CertificateAndKey {
  readonly certificate: string;
  readonly key: string;
}

export interface ClientCertificateProps {
  /** user in Kubernetes: the certificate's common name. */
  readonly user: string;
  /** group in Kubernetes: the certificate's organization. */
  readonly group?: string;
  readonly authority: CertificateAndKey;
  readonly validityHours: number;
  /** renewalHours before its end at which a plan makes a new certificate; 0 = never. */
  readonly renewalHours: number;
}

/** A certificate that Kubernetes takes as a user. In plans: `tls_locally_signed_cert.<id>`. */
export class ClientCertificate extends Construct implements CertificateAndKey {
  readonly certificate: string;
  readonly key: string;

  constructor(scope: Construct, id: ConstructId, props: ClientCertificateProps) {
    super(scope, id);
    const key = new PrivateKey(this, "key", { algorithm: "ECDSA", ecdsaCurve: "P256" });
    const request = new CertRequest(this, "request", {
      privateKeyPem: key.privateKeyPem,
      subject: [
        { commonName: props.user, ...(props.group === undefined ? {} : { organization: props.group }) },
      ],
    });
    const certificate = new LocallySignedCert(this, "Default", {
      certRequestPem: request.certRequestPem,
      caCertPem: props.authority.certificate,
      caPrivateKeyPem: props.authority.key,
      allowedUses: ["digital_signature", "key_encipherment", "client_auth"],
      validityPeriodHours: props.validityHours,
      earlyRenewalHours: props.renewalHours,
    });
    this.certificate = certificate.certPem;
    this.key = key.privateKeyPem;
  }
}
