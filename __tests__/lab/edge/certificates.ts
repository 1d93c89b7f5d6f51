import { generateKeyPairSync } from "node:crypto";
import { createLabAuthority, type LabAuthority } from "../../../lab/network";
import type { EdgeStand, Reply } from "./stand";

export interface Pair {
  readonly certificatePem: string;
  readonly keyPem: string;
}

/** addCertificate as the provider does: a row, then its files. */
export async function addCertificate(stand: EdgeStand, name: string, pair: Pair): Promise<Reply> {
  const made = await stand.ask("POST", "/nginx/certificates", { provider: "other", nice_name: name });
  if (made.status !== 201) return made;
  return uploadPair(stand, idOf(made), pair);
}

export function uploadPair(stand: EdgeStand, id: number, { certificatePem, keyPem }: Pair): Promise<Reply> {
  const files = { certificate: certificatePem, certificate_key: keyPem };
  return stand.upload(`/nginx/certificates/${id}/upload`, files);
}

/** authorityIn a stand's folder. */
export function authorityIn({ scratch }: EdgeStand): Promise<LabAuthority> {
  return createLabAuthority(scratch);
}

/** strangeKey that is no certificate's. */
export function strangeKey(): string {
  return generateKeyPairSync("ec", { namedCurve: "prime256v1" })
    .privateKey.export({ format: "pem", type: "pkcs8" })
    .toString();
}

export function idOf({ body }: Reply): number {
  if (typeof body === "object" && body !== null && "id" in body && typeof body.id === "number")
    return body.id;
  throw new Error(`an answer without id: ${JSON.stringify(body)}`);
}
