/** Certificate, one entry of `certificates`: where a TLS certificate comes from, and for which names it is good. */
export interface Certificate {
  readonly name: string;
  /** names that it covers; `*.test.com` covers one level below test.com. */
  readonly names: readonly string[];
  readonly source: CertificateSource;
}

export type CertificateSource =
  /** variables with the PEM chain and its key, ephemeral; a larger revision writes their present values. */
  | {
      readonly kind: "variable";
      readonly certificate: string;
      readonly key: string;
      readonly revision: number;
    }
  /** issuer of this file; cert-manager asks it and renews. */
  | { readonly kind: "issuer"; readonly issuer: string }
  /** inProxy: it lies in the edge proxy already and can be used nowhere else. */
  | { readonly kind: "in-proxy"; readonly idOrName: number | string };

/** Issuer, one entry of `issuers`, for the whole cluster (ClusterIssuer). */
export interface Issuer {
  readonly name: string;
  readonly authority: SelfSigned | Acme;
}

/** SelfSigned: an authority of the cluster's own, whose certificate lies in cert-manager's namespace. */
export interface SelfSigned {
  readonly kind: "self-signed";
  readonly commonName: string;
}

export interface Acme {
  readonly kind: "acme";
  /** server, the ACME directory's URL. */
  readonly server: string;
  readonly email: string;
  readonly challenge: { readonly kind: "http01" } | Dns01;
}

/** Dns01 proves a domain by a record in it; the only way to a wildcard. */
export interface Dns01 {
  readonly kind: "dns01";
  /** zones that it is for; none = every zone. */
  readonly zones: readonly string[];
  readonly provider:
    | { readonly kind: "cloudflare"; readonly secret: string; readonly key: string }
    | {
        readonly kind: "rfc2136";
        readonly nameserver: string;
        readonly tsigKeyName: string;
        readonly tsigAlgorithm: "HMACSHA256" | "HMACSHA512";
        readonly secret: string;
        readonly key: string;
      };
}
