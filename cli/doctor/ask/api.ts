import { X509Certificate } from "node:crypto";
import type { z } from "zod";
import type { Attempt } from "../../trace/curl";
import type { Certificate } from "../judge/transport";
import type { Reading } from "../reading";

/** readingOf what was answered, as `schema` has it. What a proxy on the way answers for nobody is silence. */
export function readingOf<T>(attempt: Attempt, schema: z.ZodType<T>): Reading<T> {
  if (attempt.kind === "silence") return { kind: "silent", code: attempt.code, says: attempt.says };
  const { status, body } = attempt;
  if (status === 502 || status === 504)
    return { kind: "silent", code: 7, says: `a proxy on the way answers HTTP ${status}` };
  const json = jsonIn(body);
  if (status !== 200) return { kind: "refused", status, says: wordsIn(json) };
  const read = schema.safeParse(json);
  return read.success
    ? { kind: "read", value: read.data }
    : { kind: "refused", status, says: "with something else than this API answers" };
}

/** certificateOf the server that answered: its own stands first in what curl tells of the chain. */
export function certificateOf(attempt: Attempt): Certificate | undefined {
  const chain = attempt.kind === "answer" ? attempt.certificates : "";
  const [own] = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/.exec(chain) ?? [];
  return own === undefined ? undefined : certificateIn(own);
}

export function certificateIn(pem: string): Certificate {
  return { validTo: new Date(new X509Certificate(pem).validTo) };
}

function jsonIn(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

/** wordsIn an error: Proxmox has them as `message`, Nginx Proxy Manager as `error.message`, Kubernetes as `message`. */
function wordsIn(json: unknown): string {
  if (typeof json !== "object" || json === null) return "";
  if ("error" in json) return wordsIn(json.error);
  return "message" in json && typeof json.message === "string" ? json.message.trim() : "";
}
