import "reflect-metadata";
import { createPrivateKey, randomBytes, type KeyObject, webcrypto } from "node:crypto";
import { isIP } from "node:net";
import {
  AuthorityKeyIdentifierExtension,
  BasicConstraintsExtension,
  ExtendedKeyUsage,
  ExtendedKeyUsageExtension,
  type Extension,
  KeyUsageFlags,
  KeyUsagesExtension,
  SubjectAlternativeNameExtension,
  SubjectKeyIdentifierExtension,
  X509Certificate,
  X509CertificateGenerator,
} from "@peculiar/x509";

export interface PemPair {
  readonly certificatePem: string;
  readonly keyPem: string;
}

export interface Subject {
  readonly commonName: string;
  readonly organization?: string;
}

const curve = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" };
const dayMs = 86_400_000;

/** selfSignedAuthority makes a certificate authority: ECDSA P-256, ten years, beginning a minute ago or when told. */
export async function selfSignedAuthority(
  commonName: string,
  born = new Date(Date.now() - 60_000),
): Promise<PemPair> {
  const keys = await webcrypto.subtle.generateKey(curve, true, ["sign", "verify"]);
  const certificate = await X509CertificateGenerator.createSelfSigned({
    serialNumber: serial(),
    name: [{ CN: [commonName] }],
    notBefore: born,
    notAfter: new Date(born.getTime() + 3650 * dayMs),
    signingAlgorithm: curve,
    keys,
    extensions: [
      new BasicConstraintsExtension(true, undefined, true),
      new KeyUsagesExtension(
        KeyUsageFlags.keyCertSign | KeyUsageFlags.digitalSignature | KeyUsageFlags.keyEncipherment,
        true,
      ),
      await SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  });
  return { certificatePem: pem(certificate), keyPem: await exportKey(keys.privateKey) };
}

/** serverCertificate signs a new key for names (DNS names and IP addresses alike). */
export async function serverCertificate(
  authority: PemPair,
  commonName: string,
  names: readonly string[],
): Promise<PemPair> {
  const alternatives = names.map((name) => ({
    type: isIP(name) === 0 ? ("dns" as const) : ("ip" as const),
    value: name,
  }));
  return leaf(authority, { commonName }, [
    new ExtendedKeyUsageExtension([ExtendedKeyUsage.serverAuth]),
    new SubjectAlternativeNameExtension(alternatives),
  ]);
}

/** clientCertificate signs a new key for a user: CN is the user, O the group. */
export async function clientCertificate(authority: PemPair, subject: Subject): Promise<PemPair> {
  return leaf(authority, subject, [new ExtendedKeyUsageExtension([ExtendedKeyUsage.clientAuth])]);
}

async function leaf(authority: PemPair, subject: Subject, extensions: Extension[]): Promise<PemPair> {
  const issuer = new X509Certificate(authority.certificatePem);
  const signer = createPrivateKey(authority.keyPem);
  const signingAlgorithm = algorithmOf(signer);
  const keys = await webcrypto.subtle.generateKey(curve, true, ["sign", "verify"]);
  const certificate = await X509CertificateGenerator.create({
    serialNumber: serial(),
    issuer: issuer.subjectName,
    subject: [
      ...(subject.organization === undefined ? [] : [{ O: [subject.organization] }]),
      { CN: [subject.commonName] },
    ],
    notBefore: new Date(Date.now() - 60_000),
    notAfter: new Date(Date.now() + 365 * dayMs),
    publicKey: keys.publicKey,
    signingAlgorithm,
    signingKey: await webcrypto.subtle.importKey(
      "pkcs8",
      signer.export({ format: "der", type: "pkcs8" }),
      signingAlgorithm,
      false,
      ["sign"],
    ),
    extensions: [
      new BasicConstraintsExtension(false),
      new KeyUsagesExtension(KeyUsageFlags.digitalSignature | KeyUsageFlags.keyEncipherment, true),
      await AuthorityKeyIdentifierExtension.create(issuer),
      ...extensions,
    ],
  });
  return { certificatePem: pem(certificate), keyPem: await exportKey(keys.privateKey) };
}

function algorithmOf(key: KeyObject): { name: string; hash: string; namedCurve?: string } {
  if (key.asymmetricKeyType === "rsa") return { name: "RSASSA-PKCS1-v1_5", hash: "SHA-256" };
  if (key.asymmetricKeyType !== "ec")
    throw new Error(`a ${key.asymmetricKeyType} key cannot sign certificates here`);
  const curves: Readonly<Record<string, string>> = {
    prime256v1: "P-256",
    secp384r1: "P-384",
    secp521r1: "P-521",
  };
  const named = curves[key.asymmetricKeyDetails?.namedCurve ?? ""];
  if (named === undefined)
    throw new Error(`curve ${key.asymmetricKeyDetails?.namedCurve} cannot sign certificates here`);
  return { name: "ECDSA", hash: "SHA-256", namedCurve: named };
}

function pem(certificate: X509Certificate): string {
  return `${certificate.toString("pem")}\n`;
}

async function exportKey(key: webcrypto.CryptoKey): Promise<string> {
  const der = Buffer.from(await webcrypto.subtle.exportKey("pkcs8", key));
  return createPrivateKey({ key: der, format: "der", type: "pkcs8" })
    .export({ format: "pem", type: "pkcs8" })
    .toString();
}

function serial(): string {
  const bytes = randomBytes(16);
  bytes[0] = 0x40 | ((bytes[0] ?? 0) & 0x3f);
  return bytes.toString("hex");
}
