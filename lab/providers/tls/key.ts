import { createHash, createPrivateKey, createPublicKey, webcrypto, type KeyObject } from "node:crypto";
import { ProviderError } from "../protocol/problem";
import { PublicKey } from "./x509";

/** SigningKey is a private key that signs certificates and requests. */
export interface SigningKey {
  readonly algorithm: "RSA" | "ECDSA" | "ED25519";
  readonly publicKey: PublicKey;
  readonly keys: { readonly privateKey: webcrypto.CryptoKey; readonly publicKey: webcrypto.CryptoKey };
  readonly signing: SigningAlgorithm;
}

/** readSigningKey reads PKCS#1, SEC 1 or PKCS#8; failed is the summary when that does not work. */
export async function readSigningKey(pem: string, failed: string): Promise<SigningKey> {
  const key = parse(pem, failed);
  const { algorithm, signing } = algorithmOf(key);
  const der = { format: "der" } as const;
  const spki = createPublicKey(key).export({ ...der, type: "spki" });
  const pkcs8 = key.export({ ...der, type: "pkcs8" });
  const [privateKey, publicKey] = await Promise.all([
    webcrypto.subtle.importKey("pkcs8", pkcs8, signing, false, ["sign"]),
    webcrypto.subtle.importKey("spki", spki, signing, true, ["verify"]),
  ]);
  return { algorithm, signing, keys: { privateKey, publicKey }, publicKey: new PublicKey(spki) };
}

/** subjectKeyId is the SHA-1 of the public key as the tls provider computes it. */
export async function subjectKeyId(publicKey: PublicKey): Promise<string> {
  const key = createPublicKey({ key: Buffer.from(publicKey.rawData), type: "spki", format: "der" });
  if (key.asymmetricKeyType !== "ed25519") {
    return Buffer.from(await publicKey.getKeyIdentifier(webcrypto)).toString("hex");
  }
  const octets = Buffer.from(publicKey.rawData).subarray(-32);
  return createHash("sha1")
    .update(Buffer.from([4, 32]))
    .update(octets)
    .digest("hex");
}

interface SigningAlgorithm {
  readonly name: string;
  readonly hash: string;
  readonly namedCurve?: string;
}

const curves = new Map([
  ["prime256v1", { namedCurve: "P-256", hash: "SHA-256" }],
  ["secp384r1", { namedCurve: "P-384", hash: "SHA-384" }],
  ["secp521r1", { namedCurve: "P-521", hash: "SHA-512" }],
]);

function parse(pem: string, summary: string): KeyObject {
  try {
    return createPrivateKey(pem);
  } catch (error) {
    throw new ProviderError({ summary, detail: error instanceof Error ? error.message : String(error) });
  }
}

function algorithmOf(key: KeyObject): Pick<SigningKey, "algorithm" | "signing"> {
  switch (key.asymmetricKeyType) {
    case "rsa":
      return { algorithm: "RSA", signing: { name: "RSASSA-PKCS1-v1_5", hash: "SHA-256" } };
    case "ed25519":
      return { algorithm: "ED25519", signing: { name: "Ed25519", hash: "SHA-512" } };
    default: {
      const curve = key.asymmetricKeyDetails?.namedCurve ?? String(key.asymmetricKeyType);
      const known = curves.get(curve);
      if (known === undefined) {
        throw new ProviderError({
          summary: "Stand-in cannot sign",
          detail: `The stand-in for hashicorp/tls signs with RSA, P256, P384, P521 and ED25519, not with ${curve}. Set ecdsa_curve.`,
        });
      }
      return { algorithm: "ECDSA", signing: { name: "ECDSA", ...known } };
    }
  }
}
