import type { Acme, Certificate, Dns01, Issuer } from "../model/certificates";
import type { ClusterInput } from "../schema";
import type { CertificateInput, IssuerInput } from "../schema/certificates";

/** acmeServers of Let's Encrypt. Source: https://letsencrypt.org/docs/staging-environment/ and /docs/acme-protocol-updates/ */
const acmeServers: Readonly<Record<string, string>> = {
  production: "https://acme-v02.api.letsencrypt.org/directory",
  staging: "https://acme-staging-v02.api.letsencrypt.org/directory",
};

export function certificatesOf({ certificates }: ClusterInput): Certificate[] {
  return Object.entries(certificates ?? {}).map(([name, written]): Certificate => {
    const otherwise = "issuer" in written ? [name] : [name, `*.${name}`];
    return { name, names: written.names ?? otherwise, source: sourceOf(written) };
  });
}

export function issuersOf({ name: cluster, issuers }: ClusterInput): Issuer[] {
  return Object.entries(issuers ?? {}).map(([name, written]): Issuer => {
    if ("acme" in written) return { name, authority: acmeOf(written.acme) };
    const { selfSigned } = written;
    const commonName = selfSigned === true ? `${cluster} ${name}` : selfSigned.commonName;
    return { name, authority: { kind: "self-signed", commonName } };
  });
}

function sourceOf(written: CertificateInput): Certificate["source"] {
  if ("issuer" in written) return { kind: "issuer", issuer: written.issuer };
  if ("inProxy" in written) return { kind: "in-proxy", idOrName: written.inProxy };
  return {
    kind: "variable",
    certificate: `${written.fromVariable}_certificate`,
    key: `${written.fromVariable}_key`,
    revision: written.revision ?? 1,
  };
}

type AcmeInput = Extract<IssuerInput, { acme: unknown }>["acme"];
type Dns01Input = Extract<AcmeInput, { dns01: unknown }>["dns01"];

function acmeOf(written: AcmeInput): Acme {
  const server = written.server ?? "production";
  return {
    kind: "acme",
    server: acmeServers[server] ?? server,
    email: written.email,
    challenge: "dns01" in written ? dns01Of(written.dns01) : { kind: "http01" },
  };
}

/** Keys of secrets as cert-manager's own examples name them. */
function dns01Of(written: Dns01Input): Dns01 {
  const zones = written.zones ?? [];
  if ("cloudflare" in written) {
    const { secret, key } = written.cloudflare;
    return { kind: "dns01", zones, provider: { kind: "cloudflare", secret, key: key ?? "api-token" } };
  }
  const { nameserver, tsigKeyName, tsigAlgorithm, secret, key } = written.rfc2136;
  return {
    kind: "dns01",
    zones,
    provider: {
      kind: "rfc2136",
      nameserver,
      tsigKeyName,
      tsigAlgorithm: tsigAlgorithm ?? "HMACSHA256",
      secret,
      key: key ?? "tsig-secret-key",
    },
  };
}
