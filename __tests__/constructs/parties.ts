import "reflect-metadata";
import { webcrypto } from "node:crypto";
import {
  BasicConstraintsExtension,
  type Extension,
  SubjectAlternativeNameExtension,
  X509CertificateGenerator,
} from "@peculiar/x509";

const day = 86_400_000;
const algorithm = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" };

interface Signed {
  readonly certificate: string;
  readonly key: string;
}

/** Wanted of a certificate; times are in days from now. */
export interface Wanted {
  readonly name: string;
  readonly names: readonly string[];
  readonly from?: number;
  readonly until?: number;
  readonly signer?: Party;
  readonly authority?: true;
  /** subject. @default "CN=" and the name */
  readonly subject?: string;
}

/** Party that has a key and a certificate. */
export interface Party extends Signed {
  readonly keys: webcrypto.CryptoKeyPair;
  readonly name: string;
}

/** party with a new key, signed by its signer or by itself. */
export async function party({
  name,
  names,
  from = -1,
  until = 90,
  signer,
  authority,
  subject = `CN=${name}`,
}: Wanted): Promise<Party> {
  const keys = await webcrypto.subtle.generateKey(algorithm, true, ["sign", "verify"]);
  const extensions: Extension[] = [
    new BasicConstraintsExtension(authority === true, undefined, true),
    ...(names.length === 0
      ? []
      : [new SubjectAlternativeNameExtension(names.map((value) => ({ type: "dns" as const, value })))]),
  ];
  const certificate = await X509CertificateGenerator.create({
    serialNumber: "01",
    issuer: `CN=${signer?.name ?? name}`,
    subject,
    notBefore: new Date(Date.now() + from * day),
    notAfter: new Date(Date.now() + until * day),
    publicKey: keys.publicKey,
    signingKey: (signer?.keys ?? keys).privateKey,
    signingAlgorithm: algorithm,
    extensions,
  });
  const key = Buffer.from(await webcrypto.subtle.exportKey("pkcs8", keys.privateKey)).toString("base64");
  return {
    name,
    keys,
    certificate: `${certificate.toString("pem")}\n`,
    key: `-----BEGIN PRIVATE KEY-----\n${key.match(/.{1,64}/g)?.join("\n")}\n-----END PRIVATE KEY-----\n`,
  };
}
