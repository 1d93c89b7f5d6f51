import { webcrypto } from "node:crypto";
import { z } from "zod";
import { atLeast, eachElement, oneOf } from "../protocol/check";
import { ProviderError } from "../protocol/problem";
import type { AttributePlan } from "../protocol/resource";
import { alternativeNameExtension, type AlternativeNames } from "./alternative-names";
import { subjectKeyId, type SigningKey } from "./key";
import { derInteger, newSerial } from "./serial";
import { allowedUses, usageExtensions } from "./uses";
import {
  AuthorityKeyIdentifierExtension,
  BasicConstraintsExtension,
  SubjectKeyIdentifierExtension,
  X509CertificateGenerator,
  type Name,
  type PublicKey,
} from "./x509";

/** certificateSettings are the attributes that both kinds of certificate share. */
export const certificateSettings = {
  allowed_uses: z.array(z.string()),
  is_ca_certificate: z.boolean(),
  set_subject_key_id: z.boolean(),
  validity_period_hours: z.int(),
};

export const certificateAttributes = {
  allowed_uses: { replaces: true, checks: [eachElement(oneOf(allowedUses))] },
  early_renewal_hours: { default: 0, checks: [atLeast(0)] },
  is_ca_certificate: { default: false, replaces: true },
  ready_for_renewal: { default: false },
  set_subject_key_id: { default: false, replaces: true },
  validity_period_hours: { replaces: true, checks: [atLeast(0)] },
  cert_pem: { keeps: true },
  id: { keeps: true },
  validity_end_time: { keeps: true },
  validity_start_time: { keeps: true },
} satisfies Record<string, AttributePlan>;

export interface CertificateTemplate {
  readonly settings: z.infer<z.ZodObject<typeof certificateSettings>>;
  readonly subject: Name;
  readonly names: AlternativeNames;
  readonly publicKey: PublicKey;
}

export interface Signer {
  readonly key: SigningKey;
  readonly name: Name;
  /** keyId, the authority key identifier, in hexadecimal. */
  readonly keyId: string | undefined;
}

/** ownKeyId is the certificate's subject key identifier: every CA has one, others when asked. */
export async function ownKeyId({ settings, publicKey }: CertificateTemplate): Promise<string | undefined> {
  return settings.is_ca_certificate || settings.set_subject_key_id ? subjectKeyId(publicKey) : undefined;
}

/** issue makes the certificate and the attributes that tell about it. */
export async function issue(template: CertificateTemplate, signer: Signer): Promise<Record<string, string>> {
  const { settings, subject, names, publicKey } = template;
  const subjectIsEmpty = subject.toJSON().length === 0;
  if (settings.is_ca_certificate && subjectIsEmpty) {
    throw new ProviderError({
      summary: "Invalid Certificate Subject",
      detail: "Must contain at least one Distinguished Name when creating Certificate Authority (CA)",
    });
  }
  const keyId = await ownKeyId(template);
  const start = new Date();
  const end = new Date(start.getTime() + settings.validity_period_hours * 3_600_000);
  const serial = newSerial();
  const certificate = await X509CertificateGenerator.create(
    {
      serialNumber: derInteger(serial),
      subject,
      issuer: signer.name,
      notBefore: start,
      notAfter: end,
      publicKey,
      signingKey: signer.key.keys.privateKey,
      signingAlgorithm: signer.key.signing,
      extensions: [
        ...usageExtensions(settings.allowed_uses),
        new BasicConstraintsExtension(settings.is_ca_certificate, undefined, true),
        ...(keyId === undefined ? [] : [new SubjectKeyIdentifierExtension(keyId)]),
        ...(signer.keyId === undefined ? [] : [new AuthorityKeyIdentifierExtension(signer.keyId)]),
        ...alternativeNameExtension(names, subjectIsEmpty),
      ],
    },
    webcrypto,
  );
  return {
    id: String(serial),
    cert_pem: `${certificate.toString("pem")}\n`,
    validity_start_time: start.toISOString(),
    validity_end_time: end.toISOString(),
  };
}
