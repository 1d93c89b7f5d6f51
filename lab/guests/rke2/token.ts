import { createHash } from "node:crypto";

export interface Token {
  /** caHash pins the cluster's server CA; absent in the short form. */
  readonly caHash?: string;
  readonly user?: "server" | "node";
  readonly password: string;
}

/** readToken reads `K10<sha256 of the server CA>::<user>:<password>`, or a bare password. */
export function readToken(text: string): Token {
  if (!text.startsWith("K10")) return { password: text };
  const match = /^K10([0-9a-f]{64})::(server|node):(\S+)$/.exec(text);
  const [, caHash, user, password] = match ?? [];
  if (caHash === undefined || password === undefined || (user !== "server" && user !== "node")) {
    throw new Error("invalid token format: expected K10<CA hash>::<server or node>:<password>");
  }
  return { caHash, user, password };
}

/** hashOf a server CA file that holds one certificate, as every byte of the file (k3s: pkg/clientaccess/token.go). */
export function hashOf(serverCa: string): string {
  if (serverCa.split("-----BEGIN CERTIFICATE-----").length !== 2) {
    throw new Error("the lab knows the hash of a server-ca.crt with exactly one certificate only");
  }
  return createHash("sha256").update(serverCa).digest("hex");
}

/** checkHash throws RKE2's own text when the token pins another CA. */
export function checkHash(token: Token, serverCa: string): void {
  const found = hashOf(serverCa);
  if (token.caHash !== undefined && token.caHash !== found) {
    throw new Error(
      `token CA hash does not match the Cluster CA certificate hash: ${token.caHash} != ${found}`,
    );
  }
}
