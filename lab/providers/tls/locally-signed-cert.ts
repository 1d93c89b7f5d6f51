import { z } from "zod";
import { ProviderError } from "../protocol/problem";
import type { Resource } from "../protocol/resource";
import { requestedNames } from "./alternative-names";
import { certificateAttributes, certificateSettings, issue } from "./certificate";
import { readSigningKey } from "./key";
import { planRenewal, readRenewal } from "./renewal";
import { certificateName } from "./subject";
import {
  BasicConstraintsExtension,
  Pkcs10CertificateRequest,
  SubjectAlternativeNameExtension,
  SubjectKeyIdentifierExtension,
  X509Certificate,
} from "./x509";

export const locallySignedCert: Resource = {
  attributes: {
    ...certificateAttributes,
    ca_cert_pem: { replaces: true },
    ca_private_key_pem: { replaces: true },
    cert_request_pem: { replaces: true },
    ca_key_algorithm: { keeps: true },
  },
  plan: planRenewal,
  read: readRenewal,
  async create({ planned, warn }) {
    const wanted = settings.parse(planned);
    const request = parsed(
      "certificate request",
      () => new Pkcs10CertificateRequest(wanted.cert_request_pem),
    );
    const key = await readSigningKey(wanted.ca_private_key_pem, "Failed to parse CA private key PEM");
    const authority = parsed("CA certificate", () => new X509Certificate(wanted.ca_cert_pem));
    if (authority.getExtension(BasicConstraintsExtension)?.ca !== true) warn(notAnAuthority);
    if (!Buffer.from(authority.publicKey.rawData).equals(Buffer.from(key.publicKey.rawData)))
      throw otherKey();
    const subject = certificateName(request.subjectName);
    const certificate = await issue(
      {
        settings: wanted,
        subject,
        names: requestedNames(
          request.extensions.find((each) => each instanceof SubjectAlternativeNameExtension),
        ),
        publicKey: request.publicKey,
      },
      {
        key,
        name: authority.subjectName,
        keyId: authority.getExtension(SubjectKeyIdentifierExtension)?.keyId,
      },
    );
    return { ...planned, ...certificate, ca_key_algorithm: key.algorithm };
  },
};

const settings = z.object({
  ...certificateSettings,
  ca_cert_pem: z.string(),
  ca_private_key_pem: z.string(),
  cert_request_pem: z.string(),
});

const notAnAuthority = {
  summary: "Potentially Invalid Certificate Authority",
  detail:
    "Certificate provided as Authority does not appear to be a valid Certificate Authority. " +
    "The resulting certificate might fail certificate validation.",
};

function otherKey(): ProviderError {
  return new ProviderError({
    summary: "Failed to create certificate",
    detail: "x509: provided PrivateKey doesn't match parent's PublicKey",
  });
}

function parsed<T>(what: string, parse: () => T): T {
  try {
    return parse();
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    throw new ProviderError({ summary: `Failed to parse ${what} PEM`, detail });
  }
}
