import { execFileSync } from "node:child_process";
import { createPrivateKey, createPublicKey } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { utils } from "ssh2";
import { tlsProvider } from "../../../lab/providers/tls";
import { authority, privateKey } from "./authority";
import { pemOf, problemsOf, textOf } from "./make";
import { skipped } from "../../skipped";

const kinds = [
  { algorithm: "RSA", curve: null, label: "RSA PRIVATE KEY", ssh: "ssh-rsa" },
  { algorithm: "ECDSA", curve: "P256", label: "EC PRIVATE KEY", ssh: "ecdsa-sha2-nistp256" },
  { algorithm: "ECDSA", curve: "P384", label: "EC PRIVATE KEY", ssh: "ecdsa-sha2-nistp384" },
  { algorithm: "ECDSA", curve: "P521", label: "EC PRIVATE KEY", ssh: "ecdsa-sha2-nistp521" },
  { algorithm: "ED25519", curve: null, label: "PRIVATE KEY", ssh: "ssh-ed25519" },
] as const;

describe.each(kinds)("a key of $algorithm $curve", ({ algorithm, curve, label, ssh }) => {
  const made = privateKey(algorithm, curve);

  it("is one key in every format, each ending in one newline", async () => {
    const key = await made;
    expect(textOf(key, "private_key_pem")).toMatch(pemOf(label));
    expect(textOf(key, "private_key_pem_pkcs8")).toMatch(pemOf("PRIVATE KEY"));
    expect(textOf(key, "public_key_pem")).toMatch(pemOf("PUBLIC KEY"));
    expect(textOf(key, "private_key_openssh")).toMatch(pemOf("OPENSSH PRIVATE KEY"));
    for (const format of ["private_key_pem", "private_key_pem_pkcs8"]) {
      const publicKey = createPublicKey(createPrivateKey(textOf(key, format)));
      expect(publicKey.export({ type: "spki", format: "pem" })).toBe(key["public_key_pem"]);
    }
  });

  it("is read by an SSH library, private and public", async () => {
    const key = await made;
    const secret = utils.parseKey(textOf(key, "private_key_openssh"));
    if (secret instanceof Error) throw secret;
    const line = textOf(key, "public_key_openssh");
    expect(line).toBe(`${ssh} ${secret.getPublicSSH().toString("base64")}\n`);
    expect(secret.verify("text", secret.sign("text"))).toBe(true);
  });

  const sshKeygen = which("ssh-keygen");
  const claim = "has the fingerprints that ssh-keygen finds";
  if (sshKeygen === undefined) {
    skipped(claim, "no ssh-keygen on PATH");
  } else {
    it(claim, async () => {
      const key = await made;
      const folder = mkdtempSync(join(tmpdir(), "slipway-test-"));
      const file = join(folder, "key");
      writeFileSync(file, textOf(key, "private_key_openssh"), { mode: 0o600 });
      const say = (...args: string[]): string =>
        execFileSync(sshKeygen, [...args, "-f", file], { encoding: "utf8" });
      const publicLine = say("-y");
      const [sha256, md5] = [say("-l"), say("-l", "-E", "md5")].map((line) => line.split(" ")[1]);
      rmSync(folder, { recursive: true });
      expect(publicLine.trim()).toBe(textOf(key, "public_key_openssh").trim());
      expect(sha256).toBe(key["public_key_fingerprint_sha256"]);
      expect(md5).toBe(`MD5:${textOf(key, "public_key_fingerprint_md5")}`);
    });
  }
});

test("a key has the size asked for, and no two are alike", async () => {
  const [one, two] = await Promise.all([privateKey("RSA"), privateKey("RSA")]);
  expect(createPrivateKey(textOf(one, "private_key_pem")).asymmetricKeyDetails?.modulusLength).toBe(2048);
  expect(one["id"]).not.toBe(two["id"]);
  expect(one["id"]).toMatch(/^[0-9a-f]{40}$/);
});

test("P224, the provider's default curve, has no OpenSSH form", async () => {
  const key = await privateKey("ECDSA");
  expect(createPrivateKey(textOf(key, "private_key_pem")).asymmetricKeyDetails?.namedCurve).toBe("secp224r1");
  const ssh = ["private_key_openssh", "public_key_openssh", "public_key_fingerprint_md5"].map(
    (name) => key[name],
  );
  expect(ssh).toEqual(["", "", ""]);
});

test("refuses to sign with P224, which the stand-in cannot", async () => {
  const key = await privateKey("ECDSA");
  await expect(authority(key)).rejects.toThrow(
    "Stand-in cannot sign: The stand-in for hashicorp/tls signs with",
  );
});

test("refuses an algorithm the provider does not have", () => {
  expect(problemsOf(tlsProvider, "tls_private_key", { algorithm: "DSA" })).toEqual([
    {
      summary: "Invalid Attribute Value Match",
      path: ["algorithm"],
      detail: 'Attribute algorithm value must be one of: ["RSA" "ECDSA" "ED25519"], got: "DSA"',
    },
  ]);
});

function which(program: string): string | undefined {
  try {
    return execFileSync("which", [program], { encoding: "utf8" }).trim();
  } catch {
    return undefined;
  }
}
