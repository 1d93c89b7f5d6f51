// Reads a certificate and its key as they will be sent to the proxy, and fails with all that is wrong with them:
// names, dates, whether the key is the certificate's, the order of the chain. The proxy checks none of it. And its
// subject: nginxproxymanager 1.4.0 cannot upload one that has none.
import { createPrivateKey, X509Certificate } from "node:crypto";

const { CERTIFICATE, KEY, NAMES, VARIABLE } = process.env;
const variables = { certificate: `TF_VAR_${VARIABLE}_certificate`, key: `TF_VAR_${VARIABLE}_key` };
const day = 24 * 3600 * 1000;

const chain = chainOf(CERTIFICATE);
const [leaf] = chain ?? [];
const problems =
  leaf === undefined
    ? [
        `${variables.certificate} holds no certificate. Fix: give it the text of the PEM file, chain included.`,
      ]
    : [
        ...notIts(leaf),
        ...outOfDate(leaf),
        ...notFor(leaf, NAMES.split(" ")),
        ...withoutSubject(leaf),
        ...outOfOrder(chain),
      ];

for (const problem of problems) console.error(problem);
if (problems.length > 0) {
  console.error("Nothing was sent to the proxy.");
  process.exit(1);
}
const daysLeft = Math.floor((Date.parse(leaf.validTo) - Date.now()) / day);
console.log(`the certificate for ${NAMES.replaceAll(" ", ", ")} is good for ${daysLeft} more days`);
if (daysLeft < 30) console.log(`renew it soon: give ${variables.certificate} the next one and deploy`);

function chainOf(pem) {
  const blocks = pem.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? [];
  try {
    return blocks.map((block) => new X509Certificate(block));
  } catch {
    return undefined;
  }
}

function notIts(certificate) {
  const fix = `Fix: give ${variables.key} the key that the certificate was asked for with.`;
  try {
    return certificate.checkPrivateKey(createPrivateKey(KEY))
      ? []
      : [`${variables.key} is the key of another certificate than ${variables.certificate}. ${fix}`];
  } catch {
    return [`${variables.key} holds no private key that can be read (PEM, without a passphrase). ${fix}`];
  }
}

function outOfDate({ validFrom, validTo }) {
  const fix = `Fix: give ${variables.certificate} and ${variables.key} one that is good now.`;
  if (Date.parse(validTo) < Date.now()) return [`The certificate ended on ${validTo}. ${fix}`];
  if (Date.parse(validFrom) > Date.now()) return [`The certificate begins on ${validFrom}. ${fix}`];
  return [];
}

function notFor(certificate, wanted) {
  const names = certificate.subjectAltName ?? "no name at all";
  const bare = wanted.filter((name) =>
    name.startsWith("*.")
      ? !names.split(", ").includes(`DNS:${name}`)
      : certificate.checkHost(name, { subject: "never" }) === undefined,
  );
  if (bare.length === 0) return [];
  return [
    `The certificate is not for ${bare.join(", ")}; it is for ${names}. Fix: use one that is, or list the names that it has in certificates of cluster.ts.`,
  ];
}

function withoutSubject({ subject }) {
  if (subject) return [];
  return [
    "The certificate has no subject, only alternative names, and such a one cannot be uploaded by Terraform. Fix: ask its authority for one with a common name; or upload it by hand in the proxy, and write inProxy: <its number> in certificates of cluster.ts.",
  ];
}

function outOfOrder(certificates) {
  const broken = certificates.findIndex(
    (each, index) => index > 0 && !certificates[index - 1].checkIssued(each),
  );
  if (broken < 1) return [];
  return [
    `Certificate ${broken + 1} of the chain did not sign number ${broken}. Fix: the host's own first, then each one's signer.`,
  ];
}
