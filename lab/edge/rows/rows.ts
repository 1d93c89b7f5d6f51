/** Rows as Nginx Proxy Manager keeps and answers them, in its own field names. */
export interface Row {
  readonly id: number;
  readonly created_on: string;
  readonly modified_on: string;
  readonly owner_user_id: number;
}

export type Meta = Readonly<Record<string, unknown>>;

/** TlsFields that hang together: without a certificate nothing is forced, without force there is no HSTS. */
export interface TlsFields {
  readonly certificate_id: number;
  readonly ssl_forced: boolean;
  readonly http2_support: boolean;
  readonly hsts_enabled: boolean;
  readonly hsts_subdomains: boolean;
}

/** ServedRow has a file in nginx. */
export interface ServedRow extends Row {
  readonly certificate_id: number;
  readonly enabled: boolean;
  readonly meta: Meta;
}

interface NamedRow extends ServedRow, TlsFields {
  readonly domain_names: readonly string[];
  readonly advanced_config: string;
}

export interface LocationRow {
  readonly path: string;
  readonly forward_scheme: "http" | "https";
  readonly forward_host: string;
  readonly forward_port: number;
  readonly forward_path?: string;
  readonly advanced_config?: string;
}

export interface ProxyHostRow extends NamedRow {
  readonly forward_scheme: "http" | "https";
  readonly forward_host: string;
  readonly forward_port: number;
  readonly access_list_id: number;
  readonly caching_enabled: boolean;
  readonly block_exploits: boolean;
  readonly allow_websocket_upgrade: boolean;
  readonly trust_forwarded_proto: boolean;
  /** locations; null until some are given, although a PUT does not take null. */
  readonly locations: readonly LocationRow[] | null;
}

export interface RedirectionHostRow extends NamedRow {
  readonly forward_scheme: "auto" | "http" | "https";
  readonly forward_domain_name: string;
  readonly forward_http_code: number;
  readonly preserve_path: boolean;
  readonly block_exploits: boolean;
}

export type DeadHostRow = NamedRow;

export interface StreamRow extends ServedRow {
  readonly incoming_port: number;
  readonly forwarding_host: string;
  readonly forwarding_port: number;
  readonly tcp_forwarding: boolean;
  readonly udp_forwarding: boolean;
}

/** CertificateFiles as they were uploaded. */
export interface CertificateFiles {
  readonly certificate?: string;
  readonly certificate_key?: string;
  readonly intermediate_certificate?: string;
}

export interface CertificateRow extends Row {
  readonly provider: string;
  readonly nice_name: string;
  readonly domain_names: readonly string[];
  readonly expires_on: string;
  readonly meta: Meta & CertificateFiles;
}

export interface AccessListRow extends Row {
  readonly name: string;
  readonly satisfy_any: boolean;
  readonly pass_auth: boolean;
  readonly meta: Meta;
  readonly items: readonly { readonly username: string; readonly password: string }[];
  readonly clients: readonly { readonly directive: "allow" | "deny"; readonly address: string }[];
}
