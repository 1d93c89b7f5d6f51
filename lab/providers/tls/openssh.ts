import { createHash, randomBytes, type KeyObject } from "node:crypto";
import { z } from "zod";

/** authorizedKey is the line for `authorized_keys`. */
export function authorizedKey(publicKey: KeyObject): string {
  const { type, wire } = publicWire(publicKey);
  return `${type} ${wire.toString("base64")}\n`;
}

export function fingerprints(publicKey: KeyObject): {
  readonly public_key_fingerprint_md5: string;
  readonly public_key_fingerprint_sha256: string;
} {
  const { wire } = publicWire(publicKey);
  const md5 = createHash("md5").update(wire).digest("hex");
  const sha256 = createHash("sha256").update(wire).digest("base64");
  return {
    public_key_fingerprint_md5: (md5.match(/../g) ?? []).join(":"),
    public_key_fingerprint_sha256: `SHA256:${sha256.replace(/=+$/, "")}`,
  };
}

/** opensshPrivateKey writes the key unencrypted in the format of ssh-keygen. */
export function opensshPrivateKey(key: KeyObject): string {
  const { type, wire, secret } = privateWire(key);
  const check = randomBytes(4);
  const content = Buffer.concat([check, check, text(type), secret, text("")]);
  const padding = Buffer.from(
    Array.from({ length: (8 - (content.length % 8)) % 8 }, (_, index) => index + 1),
  );
  const file = Buffer.concat([
    Buffer.from("openssh-key-v1\0"),
    ...[text("none"), text("none"), text(""), uint32(1)],
    text(wire),
    text(Buffer.concat([content, padding])),
  ]);
  const lines = file.toString("base64").match(/.{1,64}/g) ?? [];
  return ["-----BEGIN OPENSSH PRIVATE KEY-----", ...lines, "-----END OPENSSH PRIVATE KEY-----", ""].join(
    "\n",
  );
}

const field = z.string().transform((encoded) => Buffer.from(encoded, "base64url"));
const publicJwk = z.discriminatedUnion("kty", [
  z.object({ kty: z.literal("RSA"), n: field, e: field }),
  z.object({ kty: z.literal("EC"), crv: z.enum(["P-256", "P-384", "P-521"]), x: field, y: field }),
  z.object({ kty: z.literal("OKP"), x: field }),
]);
const privateJwk = z.discriminatedUnion("kty", [
  z.object({ kty: z.literal("RSA"), n: field, e: field, d: field, qi: field, p: field, q: field }),
  z.object({ kty: z.literal("EC"), d: field }),
  z.object({ kty: z.literal("OKP"), x: field, d: field }),
]);
const curveNames = { "P-256": "nistp256", "P-384": "nistp384", "P-521": "nistp521" };

function publicWire(key: KeyObject): {
  readonly type: string;
  readonly wire: Buffer;
  readonly parts: Buffer;
} {
  const jwk = publicJwk.parse(key.export({ format: "jwk" }));
  const named = (type: string, parts: readonly Buffer[]) => {
    const joined = Buffer.concat(parts);
    return { type, parts: joined, wire: Buffer.concat([text(type), joined]) };
  };
  switch (jwk.kty) {
    case "RSA":
      return named("ssh-rsa", [mpint(jwk.e), mpint(jwk.n)]);
    case "EC": {
      const curve = curveNames[jwk.crv];
      const point = Buffer.concat([Buffer.from([4]), jwk.x, jwk.y]);
      return named(`ecdsa-sha2-${curve}`, [text(curve), text(point)]);
    }
    case "OKP":
      return named("ssh-ed25519", [text(jwk.x)]);
  }
}

function privateWire(key: KeyObject): {
  readonly type: string;
  readonly wire: Buffer;
  readonly secret: Buffer;
} {
  const { type, wire, parts } = publicWire(key);
  const jwk = privateJwk.parse(key.export({ format: "jwk" }));
  switch (jwk.kty) {
    case "RSA":
      return { type, wire, secret: Buffer.concat([jwk.n, jwk.e, jwk.d, jwk.qi, jwk.p, jwk.q].map(mpint)) };
    case "EC":
      return { type, wire, secret: Buffer.concat([parts, mpint(jwk.d)]) };
    case "OKP":
      return { type, wire, secret: Buffer.concat([parts, text(Buffer.concat([jwk.d, jwk.x]))]) };
  }
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}

function text(value: string | Buffer): Buffer {
  const bytes = Buffer.from(value);
  return Buffer.concat([uint32(bytes.length), bytes]);
}

/** mpint: a positive number without leading zeros, but never with its highest bit set. */
function mpint(value: Buffer): Buffer {
  const start = value.findIndex((byte) => byte !== 0);
  const bytes = start < 0 ? Buffer.alloc(0) : value.subarray(start);
  return text((bytes[0] ?? 0) > 0x7f ? Buffer.concat([Buffer.alloc(1), bytes]) : bytes);
}
