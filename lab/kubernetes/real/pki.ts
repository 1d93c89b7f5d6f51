import { mkdirSync, renameSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { clientCertificate, type PemPair, serverCertificate, type Subject } from "../../network/certificate";

/** Authority is one of the cluster's five, by its name under server/tls. */
export type Authority = "server-ca" | "client-ca" | "request-header-ca" | "etcd/peer-ca" | "etcd/server-ca";

/** PairFiles of a certificate and its key, absolute. */
export interface PairFiles {
  readonly cert: string;
  readonly key: string;
}

/** Pki is what a cluster's first server received, written where programs read it, and what is signed with it. */
export interface Pki {
  /** file of that name under server/tls, absolute. */
  file(name: string): string;
  read(name: string): string;
  /** client signs a new key for a user. */
  client(authority: Authority, subject: Subject): Promise<PemPair>;
  /** clientFiles of a user, written under that name. */
  clientFiles(name: string, authority: Authority, subject: Subject): Promise<PairFiles>;
  /** serverFiles of a program that answers by these names; written anew, it takes them up by itself. */
  serverFiles(name: string, authority: Authority, names: readonly string[]): Promise<PairFiles>;
}

export function layOut(folder: string, tls: Readonly<Record<string, string>>): Pki {
  const place = (name: string, content: string): string => {
    const path = join(folder, name);
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    writeFileSync(`${path}.new`, content, { mode: 0o600 });
    renameSync(`${path}.new`, path);
    return path;
  };
  for (const [name, content] of Object.entries(tls)) place(name, content);
  const read = (name: string): string => {
    const content = tls[name];
    if (content === undefined) throw new Error(`the first server has no server/tls/${name}`);
    return content;
  };
  const authority = (name: Authority): PemPair => ({
    certificatePem: read(`${name}.crt`),
    keyPem: read(`${name}.key`),
  });
  const placePair = (name: string, { certificatePem, keyPem }: PemPair): PairFiles => ({
    key: place(`${name}.key`, keyPem),
    cert: place(`${name}.crt`, certificatePem),
  });
  const client = (by: Authority, subject: Subject): Promise<PemPair> =>
    clientCertificate(authority(by), subject);
  return {
    file: (name) => join(folder, name),
    read,
    client,
    clientFiles: async (name, by, subject) => placePair(name, await client(by, subject)),
    serverFiles: async (name, by, names) => {
      return placePair(name, await serverCertificate(authority(by), name, names));
    },
  };
}

/** kubeconfig with which a program speaks to the API server as that user. */
export function kubeconfig(
  server: string,
  authorityPem: string,
  { certificatePem, keyPem }: PemPair,
): string {
  const base64 = (text: string): string => Buffer.from(text).toString("base64");
  return JSON.stringify({
    apiVersion: "v1",
    kind: "Config",
    clusters: [{ name: "lab", cluster: { server, "certificate-authority-data": base64(authorityPem) } }],
    users: [
      {
        name: "lab",
        user: { "client-certificate-data": base64(certificatePem), "client-key-data": base64(keyPem) },
      },
    ],
    contexts: [{ name: "lab", context: { cluster: "lab", user: "lab" } }],
    "current-context": "lab",
  });
}
