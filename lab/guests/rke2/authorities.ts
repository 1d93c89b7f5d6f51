import { createPrivateKey, createPublicKey, generateKeyPairSync, X509Certificate } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { type PemPair, selfSignedAuthority } from "../../network/certificate";

/** Authorities are a cluster's CA files by their name under server/tls, and what the lab signs with. */
export interface Authorities {
  readonly files: Readonly<Record<string, string>>;
  readonly server: PemPair;
  readonly client: PemPair;
}

const tls = "var/lib/rancher/rke2/server/tls";
const names = ["server-ca", "client-ca", "request-header-ca", "etcd/peer-ca", "etcd/server-ca"] as const;
const serviceKey = "service.key";

/** loadAuthorities reads the CAs a server was given before its first start; RKE2 makes those that are absent. */
export async function loadAuthorities(root: string): Promise<Authorities> {
  const files: Record<string, string> = {};
  for (const name of names) {
    const given = read(root, `${name}.crt`);
    const key = read(root, `${name}.key`);
    if ((given === undefined) !== (key === undefined))
      throw new Error(`${tls}/${name}: one of .crt and .key is missing`);
    const pair =
      given === undefined || key === undefined
        ? await selfSignedAuthority(`rke2-${name.replace("/", "-")}@${Date.now()}`)
        : { certificatePem: given, keyPem: key };
    files[`${name}.crt`] = pair.certificatePem;
    files[`${name}.key`] = pair.keyPem;
  }
  files[serviceKey] = read(root, serviceKey) ?? generatedServiceKey();
  return checked(files);
}

/** placeAuthorities writes what a joining server got from its peer, and refuses files that differ from it. */
export function placeAuthorities(root: string, files: Readonly<Record<string, string>>): Authorities {
  for (const [name, content] of Object.entries(files)) {
    const present = read(root, name);
    if (present !== undefined && present !== content) {
      throw new Error(
        `/${tls}/${name} newer than datastore and could cause a cluster outage. Remove the file(s) from disk and restart to be recreated from datastore.`,
      );
    }
  }
  const authorities = checked(files);
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(root, tls, name)), { recursive: true, mode: 0o700 });
    writeFileSync(join(root, tls, name), content, { mode: 0o600 });
  }
  return authorities;
}

function checked(files: Readonly<Record<string, string>>): Authorities {
  const pairs = names.map((name) =>
    checkedPair(name, files[`${name}.crt`] ?? "", files[`${name}.key`] ?? ""),
  );
  const distinct = new Set(pairs.map((pair) => new X509Certificate(pair.certificatePem).fingerprint256));
  if (distinct.size !== pairs.length) throw new Error(`${tls}: two authorities are the same certificate`);
  const key = parsed(serviceKey, () => createPrivateKey(files[serviceKey] ?? ""));
  if (key.asymmetricKeyType !== "rsa" && key.asymmetricKeyType !== "ec") {
    throw new Error(
      `${tls}/${serviceKey}: an ${key.asymmetricKeyType} key cannot sign service account tokens`,
    );
  }
  const [server, client] = pairs;
  if (server === undefined || client === undefined) throw new Error(`${tls}: authorities are missing`);
  return { files, server, client };
}

function checkedPair(name: string, certificatePem: string, keyPem: string): PemPair {
  const certificate = parsed(`${name}.crt`, () => new X509Certificate(certificatePem));
  const key = parsed(`${name}.key`, () => createPrivateKey(keyPem));
  const spki = { format: "der", type: "spki" } as const;
  if (!createPublicKey(key).export(spki).equals(certificate.publicKey.export(spki))) {
    throw new Error(`tls: private key does not match public key (${tls}/${name}.crt and .key)`);
  }
  if (!certificate.ca) throw new Error(`${tls}/${name}.crt: not a certificate authority`);
  const now = Date.now();
  if (now < Date.parse(certificate.validFrom) || now > Date.parse(certificate.validTo)) {
    throw new Error(`x509: certificate has expired or is not yet valid (${tls}/${name}.crt)`);
  }
  return { certificatePem, keyPem };
}

function parsed<T>(name: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw new Error(`${tls}/${name}: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function read(root: string, name: string): string | undefined {
  const path = join(root, tls, name);
  return existsSync(path) ? readFileSync(path, "utf8") : undefined;
}

function generatedServiceKey(): string {
  return generateKeyPairSync("ec", { namedCurve: "P-256" })
    .privateKey.export({ format: "pem", type: "sec1" })
    .toString();
}
