import type { Section } from "../api/accounts";
import type { Dialect } from "../nginx/dialect";
import type { Database, HostType } from "../rows/database";
import type { AccessListRow, CertificateRow, Row, ServedRow, TlsFields } from "../rows/rows";
import type { Table } from "../rows/table";

/** Related rows that a host's file is written with. */
export interface Related {
  readonly certificate: CertificateRow | undefined;
  readonly accessList: AccessListRow | undefined;
}

/** Kind of host: what its API takes and what its file in nginx says. */
export interface Kind<R extends ServedRow> {
  readonly type: HostType;
  readonly section: Section;
  /** path below `/api/nginx`. */
  readonly path: string;
  /** noun in "Host is already enabled". */
  readonly noun: "Host" | "Stream";
  table(database: Database): Table<R>;
  /** created from a POST's body, which is checked. */
  created(body: unknown): { readonly domainNames: readonly string[]; readonly make: (stamp: Row) => R };
  /** changed by a PUT's body, which is checked. */
  changed(body: unknown): { readonly domainNames: readonly string[]; readonly change: (row: R) => R };
  /** writtenAfterPut: whether the file follows a PUT of this row, and from which state of it. */
  writtenAfterPut(row: R): "new row" | "old row, without its certificate" | "not at all";
  /** text that the list is ordered by and `?query=` looks in. */
  text(row: R): string;
  accessListId(row: R): number;
  file(row: R, related: Related, dialect: Dialect): string;
}

/** Given fields of a body: any of the row's own; a certificate's id may have become a text. */
export type Given<R extends ServedRow> = Omit<Partial<R>, keyof Row | "certificate_id"> & {
  readonly certificate_id?: number | string;
};

export const noTls: TlsFields = {
  certificate_id: 0,
  ssl_forced: false,
  http2_support: false,
  hsts_enabled: false,
  hsts_subdomains: false,
};

/** stored in another form than given: ids are numbers, names are in order. */
export function stored(
  given: { readonly certificate_id?: number | string; readonly domain_names?: readonly string[] },
  row: { readonly certificate_id: number } = noTls,
) {
  return {
    certificate_id: Number(given.certificate_id ?? row.certificate_id),
    ...(given.domain_names !== undefined && { domain_names: [...given.domain_names].sort() }),
  };
}

/**
 * tlsCleared: what lacks its prerequisite is silently off (internal/host.js). An id that was sent counts as a
 * certificate even if it is 0, because the check of the body has made it the text "0".
 */
export function tlsCleared<R extends TlsFields>(
  row: R,
  given: { readonly certificate_id?: number | string },
): R {
  const hasCertificate = Boolean(given.certificate_id ?? row.certificate_id);
  const ssl_forced = hasCertificate && row.ssl_forced;
  const hsts_enabled = ssl_forced && row.hsts_enabled;
  return {
    ...row,
    ssl_forced,
    http2_support: hasCertificate && row.http2_support,
    hsts_enabled,
    hsts_subdomains: hsts_enabled && row.hsts_subdomains,
  };
}
