import { createHash, createPublicKey, generateKeyPair, type KeyObject } from "node:crypto";
import { promisify } from "node:util";
import { z } from "zod";
import { oneOf } from "../protocol/check";
import type { Resource } from "../protocol/resource";
import { authorizedKey, fingerprints, opensshPrivateKey } from "./openssh";

export const privateKey: Resource = {
  attributes: {
    algorithm: { replaces: true, checks: [oneOf(["RSA", "ECDSA", "ED25519"])] },
    rsa_bits: { default: 2048, replaces: true },
    ecdsa_curve: { default: "P224", replaces: true, checks: [oneOf(["P224", "P256", "P384", "P521"])] },
  },
  async create({ planned }) {
    const wanted = settings.parse(planned);
    const key = await generate(wanted);
    const publicKey = createPublicKey(key);
    const ssh = wanted.algorithm !== "ECDSA" || wanted.ecdsa_curve !== "P224";
    return {
      ...planned,
      ...(ssh
        ? fingerprints(publicKey)
        : { public_key_fingerprint_md5: "", public_key_fingerprint_sha256: "" }),
      id: createHash("sha1")
        .update(publicKey.export({ type: "spki", format: "der" }))
        .digest("hex"),
      private_key_pem: pem(key, traditional[wanted.algorithm]),
      private_key_pem_pkcs8: pem(key, "pkcs8"),
      private_key_openssh: ssh ? opensshPrivateKey(key) : "",
      public_key_pem: publicKey.export({ type: "spki", format: "pem" }).toString(),
      public_key_openssh: ssh ? authorizedKey(publicKey) : "",
    };
  },
};

const settings = z.object({
  algorithm: z.enum(["RSA", "ECDSA", "ED25519"]),
  rsa_bits: z.int(),
  ecdsa_curve: z.enum(["P224", "P256", "P384", "P521"]),
});

const traditional = { RSA: "pkcs1", ECDSA: "sec1", ED25519: "pkcs8" } as const;

const curves = { P224: "secp224r1", P256: "P-256", P384: "P-384", P521: "P-521" };

async function generate(wanted: z.infer<typeof settings>): Promise<KeyObject> {
  const make = promisify(generateKeyPair);
  switch (wanted.algorithm) {
    case "RSA":
      return (await make("rsa", { modulusLength: wanted.rsa_bits })).privateKey;
    case "ECDSA":
      return (await make("ec", { namedCurve: curves[wanted.ecdsa_curve] })).privateKey;
    case "ED25519":
      return (await make("ed25519")).privateKey;
  }
}

function pem(key: KeyObject, type: "pkcs1" | "sec1" | "pkcs8"): string {
  return key.export({ type, format: "pem" }).toString();
}
