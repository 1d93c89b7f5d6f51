import "reflect-metadata";
import { createPrivateKey, type KeyObject, randomBytes, webcrypto } from "node:crypto";
import { isIP } from "node:net";
import {
  AuthorityKeyIdentifierExtension,
  BasicConstraintsExtension,
  ExtendedKeyUsage,
  ExtendedKeyUsageExtension,
  KeyUsageFlags,
  KeyUsagesExtension,
  SubjectAlternativeNameExtension,
  SubjectKeyIdentifierExtension,
  X509Certificate,
  X509CertificateGenerator,
} from "@peculiar/x509";
import type { PemPair } from "../../../network/certificate";

/** CertificateRequest is what a Certificate asks to be signed. */
export interface CertificateRequest {
  readonly commonName: string;
  readonly names: readonly string[];
  readonly isCa: boolean;
  readonly key: { readonly algorithm: string; readonly size: number };
  readonly notBefore: Date;
  readonly notAfter: Date;
}

/** signed makes a key and a certificate over it; without an authority the certificate signs itself. */
export async function signed(request: CertificateRequest, authority?: PemPair): Promise<PemPair> {
  const algorithm = algorithmFor(request.key);
  const keys = await webcrypto.subtle.generateKey(algorithm, true, ["sign", "verify"]);
  if (!("privateKey" in keys)) throw new Error("an algorithm without a key pair");
  const issuer = authority === undefined ? undefined : new X509Certificate(authority.certificatePem);
  const signer = authority === undefined ? undefined : createPrivateKey(authority.keyPem);
  const signingAlgorithm = signer === undefined ? algorithm : algorithmOf(signer);
  const subject = request.commonName === "" ? [] : [{ CN: [request.commonName] }];
  const certificate = await X509CertificateGenerator.create({
    serialNumber: Buffer.concat([Buffer.from([0x40]), randomBytes(15)]).toString("hex"),
    subject,
    issuer: issuer?.subjectName ?? subject,
    notBefore: request.notBefore,
    notAfter: request.notAfter,
    publicKey: keys.publicKey,
    signingAlgorithm,
    signingKey: signer === undefined ? keys.privateKey : await importKey(signer),
    extensions: [
      new BasicConstraintsExtension(request.isCa, undefined, true),
      new KeyUsagesExtension(usagesOf(request), true),
      new ExtendedKeyUsageExtension([ExtendedKeyUsage.serverAuth]),
      await SubjectKeyIdentifierExtension.create(keys.publicKey),
      ...(issuer === undefined ? [] : [await AuthorityKeyIdentifierExtension.create(issuer)]),
      ...(request.names.length === 0 ? [] : [alternatives(request.names)]),
    ],
  });
  const key = Buffer.from(await webcrypto.subtle.exportKey("pkcs8", keys.privateKey));
  const keyPem = createPrivateKey({ key, format: "der", type: "pkcs8" }).export({
    format: "pem",
    type: "pkcs8",
  });
  return { certificatePem: `${certificate.toString("pem")}\n`, keyPem: keyPem.toString() };
}

function alternatives(names: readonly string[]): SubjectAlternativeNameExtension {
  return new SubjectAlternativeNameExtension(
    names.map((value) => ({ type: isIP(value) === 0 ? ("dns" as const) : ("ip" as const), value })),
  );
}

function usagesOf({ isCa }: CertificateRequest): KeyUsageFlags {
  const own = KeyUsageFlags.digitalSignature | KeyUsageFlags.keyEncipherment;
  return isCa ? own | KeyUsageFlags.keyCertSign : own;
}

type Algorithm = webcrypto.RsaHashedKeyGenParams | (webcrypto.EcKeyGenParams & { readonly hash: string });

function algorithmFor({ algorithm, size }: CertificateRequest["key"]): Algorithm {
  if (algorithm === "ECDSA")
    return { name: "ECDSA", namedCurve: size === 384 ? "P-384" : "P-256", hash: "SHA-256" };
  return {
    name: "RSASSA-PKCS1-v1_5",
    modulusLength: size,
    publicExponent: new Uint8Array([1, 0, 1]),
    hash: "SHA-256",
  };
}

function algorithmOf(key: KeyObject): { name: string; hash: string; namedCurve?: string } {
  if (key.asymmetricKeyType === "rsa") return { name: "RSASSA-PKCS1-v1_5", hash: "SHA-256" };
  const curve = key.asymmetricKeyDetails?.namedCurve === "secp384r1" ? "P-384" : "P-256";
  return { name: "ECDSA", hash: "SHA-256", namedCurve: curve };
}

function importKey(key: KeyObject): Promise<webcrypto.CryptoKey> {
  const der = key.export({ format: "der", type: "pkcs8" });
  return webcrypto.subtle.importKey("pkcs8", der, algorithmOf(key), false, ["sign"]);
}
