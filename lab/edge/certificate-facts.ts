import { createPrivateKey, X509Certificate } from "node:crypto";
import { invalid } from "./api/api-error";
import { sqlTime } from "./rows/table";

/**
 * certificateFacts that the proxy keeps of a certificate: when it ends, and of its names only the first word of its
 * subject. Its alternative names are not looked at.
 */
export function certificateFacts(pem: string): {
  readonly expires_on: string;
  readonly domain_names: readonly string[];
} {
  const certificate = parsed(pem);
  const end = new Date(certificate.validTo);
  if (end.getTime() < Date.now()) throw invalid("Certificate is not valid (Certificate has expired)");
  // A certificate may have no subject, whatever the class's type says.
  const { subject = "" }: { subject?: string } = certificate;
  const [first = "", ...others] = subject.split("\n");
  const value = first.slice(first.indexOf("=") + 1);
  const name = `${value}${others.length > 0 ? "," : ""}`.split(" ")[0] ?? "";
  return { expires_on: sqlTime(end), domain_names: name === "" ? [] : [name] };
}

/** certificateReport, what the proxy says of a certificate that it judges; without a subject there is no `cn`. */
export function certificateReport(pem: string): unknown {
  const [cn] = certificateFacts(pem).domain_names;
  const { issuer, validFrom, validTo } = parsed(pem);
  const dates = { from: Date.parse(validFrom) / 1000, to: Date.parse(validTo) / 1000 };
  return { ...(cn !== undefined && { cn }), issuer: issuer.split("\n").join(", "), dates };
}

/** keyProblem in words; undefined = it is a private key. */
export function keyProblem(pem: string): string | undefined {
  try {
    createPrivateKey(pem);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

function parsed(pem: string): X509Certificate {
  try {
    return new X509Certificate(pem);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw invalid(`Certificate is not valid (${reason})`);
  }
}
