import type { Related } from "../../kinds/kind";
import type { ServedRow, TlsFields } from "../../rows/rows";
import type { Dialect } from "../dialect";

interface TlsRow extends ServedRow, TlsFields {
  readonly domain_names: readonly string[];
}

/** hstsMap is one variable of the whole nginx that every file sets again: the last file decides for all hosts. */
export function hstsMap({ hsts_subdomains }: TlsFields): string {
  const value = `max-age=63072000;${hsts_subdomains ? " includeSubDomains;" : ""} preload`;
  return `map $scheme $hsts_header {\n  https "${value}";\n}`;
}

/** listen on 80, and on 443 as soon as there is a certificate. */
export function listen(row: TlsRow, { certificate }: Related, dialect: Dialect): string {
  const http2 = row.http2_support && !dialect.hasHttp2Directive ? " http2" : "";
  return lines(
    `listen ${dialect.listen(80)};`,
    certificate !== undefined && `listen ${dialect.listen(443)} ssl${http2};`,
    `server_name ${row.domain_names.join(" ")};`,
    dialect.hasHttp2Directive && `http2 ${row.http2_support ? "on" : "off"};`,
    certificateOf(row, certificate, dialect),
  );
}

export function certificateOf(
  row: { readonly certificate_id: number },
  certificate: Related["certificate"],
  { data }: Dialect,
): string | undefined {
  if (certificate === undefined) return undefined;
  const folder = `${data}/custom_ssl/npm-${row.certificate_id}`;
  return lines(`ssl_certificate ${folder}/fullchain.pem;`, `ssl_certificate_key ${folder}/privkey.pem;`);
}

/** forceTls answers plain HTTP with a redirect; a client's own word for its scheme counts only if trusted. */
export function forceTls(
  row: TlsFields & { readonly trust_forwarded_proto?: boolean },
  { certificate }: Related,
): string | undefined {
  if (certificate === undefined || !row.ssl_forced) return undefined;
  const trusted = row.trust_forwarded_proto === true ? "T" : "F";
  return lines(`set $trust_forwarded_proto "${trusted}";`, "include conf.d/include/force-ssl.conf;");
}

export function hsts(row: TlsFields, { certificate }: Related): string | undefined {
  return certificate !== undefined && row.ssl_forced && row.hsts_enabled
    ? "add_header Strict-Transport-Security $hsts_header always;"
    : undefined;
}

export function websocket({ allow_websocket_upgrade }: { readonly allow_websocket_upgrade: boolean }) {
  if (!allow_websocket_upgrade) return undefined;
  return lines(
    "proxy_set_header Upgrade $http_upgrade;",
    "proxy_set_header Connection $http_connection;",
    "proxy_http_version 1.1;",
  );
}

export const assets = ({ caching_enabled }: { readonly caching_enabled: boolean }) =>
  caching_enabled && "include conf.d/include/assets.conf;";

export const blockExploits = ({ block_exploits }: { readonly block_exploits: boolean }) =>
  block_exploits && "include conf.d/include/block-exploits.conf;";

/** hasOwnDefaultLocation: an advanced configuration that brings `location /` replaces the proxy's own. */
export function hasOwnDefaultLocation(advanced: string): boolean {
  return /^(?:.*;)?\s*?location\s*?\/\s*?\{/im.test(advanced);
}

export function block(head: string, ...body: readonly (string | false | undefined)[]): string {
  const inner = lines(...body).replace(/^(?=.)/gm, "  ");
  return `${head} {\n${inner}\n}`;
}

export function lines(...parts: readonly (string | false | undefined)[]): string {
  return parts.filter((part) => typeof part === "string" && part !== "").join("\n");
}
