import { generateKeyPairSync } from "node:crypto";
import { selfSignedAuthority } from "../../../../lab/network/certificate";

/** freshTls is what a first server finds in its server/tls. */
export async function freshTls(): Promise<Record<string, string>> {
  const names = ["server-ca", "client-ca", "request-header-ca", "etcd/peer-ca", "etcd/server-ca"];
  const pairs = await Promise.all(names.map((name) => selfSignedAuthority(name)));
  const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  return Object.fromEntries([
    ...names.flatMap((name, index): [string, string][] => [
      [`${name}.crt`, pairs[index]?.certificatePem ?? ""],
      [`${name}.key`, pairs[index]?.keyPem ?? ""],
    ]),
    ["service.key", privateKey.export({ format: "pem", type: "pkcs1" }).toString()] as const,
  ]);
}
