import { X509Certificate } from "node:crypto";
import { literal } from "./literals";

/** pemCertificate, or several in a row: who signed what a machine talks to. */
export const pemCertificate = literal(
  (text) => (isCertificates(text) ? text : undefined),
  (text) =>
    /PRIVATE KEY/.test(text)
      ? {
          code: "rke2/private-key",
          why: "a private key is a secret, and this field is for the certificate that everybody may see",
          fix: "write the certificate instead, and make a new key if this file was ever committed",
        }
      : {
          code: "rke2/not-a-certificate",
          why: "it is the certificate's text itself, from -----BEGIN CERTIFICATE----- to -----END CERTIFICATE-----",
          fix: 'read it with readFileSync("ca.pem", "utf8")',
        },
).meta({
  description: "one PEM certificate or several, as text",
  problems: ["rke2/not-a-certificate", "rke2/private-key"],
});

const block = /-----BEGIN CERTIFICATE-----[A-Za-z0-9+/=\s]+-----END CERTIFICATE-----/g;

function isCertificates(text: string): boolean {
  const found = text.match(block) ?? [];
  return found.length > 0 && text.replaceAll(block, "").trim() === "" && found.every(isCertificate);
}

function isCertificate(pem: string): boolean {
  try {
    return new X509Certificate(pem).raw.length > 0;
  } catch {
    return false;
  }
}
