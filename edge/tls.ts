import type { EdgeTls } from "../config/model/edge";

interface TlsFields {
  readonly certificate?: string;
  readonly sslForced: boolean;
  readonly http2Support: boolean;
  readonly hstsEnabled: boolean;
  readonly hstsSubdomains: boolean;
}

/**
 * tlsFields as the proxy keeps them: it switches off what lacks its condition without a word (certificate, then
 * force, then HSTS, then subdomains; nginx-proxy-manager, internal/host.js), and every plan would show it again.
 */
export function tlsFields(tls: EdgeTls | undefined): TlsFields {
  const forced = tls?.force ?? false;
  const hsts = forced ? tls?.hsts : undefined;
  return {
    ...(tls === undefined ? {} : { certificate: tls.certificate }),
    sslForced: forced,
    http2Support: tls?.http2 ?? false,
    hstsEnabled: hsts !== undefined,
    hstsSubdomains: hsts?.subdomains ?? false,
  };
}
