import type { Database } from "../rows/database";
import type { AccessListRow, CertificateRow, Row } from "../rows/rows";
import type { Accounts } from "./accounts";

/** Expansions of rows, as `?expand=` asks for them and as answers to writes have them. */
export class Expansions {
  constructor(
    private readonly database: Database,
    private readonly accounts: Accounts,
  ) {}

  /** of a host: a certificate without its meta, for that holds its key. */
  ofHost(
    row: Row & { readonly certificate_id: number; readonly access_list_id?: number },
    expand: readonly string[],
  ): unknown {
    const certificate = this.database.certificates.find(row.certificate_id);
    const list = this.database.accessLists.find(row.access_list_id ?? 0);
    return {
      ...row,
      ...(expand.includes("certificate") && {
        certificate: certificate === undefined ? null : { ...certificate, meta: {} },
      }),
      ...(expand.includes("owner") && { owner: this.accounts.user(row.owner_user_id) }),
      ...(row.access_list_id !== undefined &&
        expand.some((word) => word.startsWith("access_list")) && {
          access_list: list === undefined ? null : this.ofAccessList(list, ["items", "clients"]),
        }),
    };
  }

  /** of a certificate, whose meta holds certificate and key in plain text. */
  ofCertificate(row: CertificateRow, expand: readonly string[]): unknown {
    const users = <R extends { readonly certificate_id: number }>(rows: readonly R[]): readonly R[] =>
      rows.filter(({ certificate_id }) => certificate_id === row.id);
    const { proxyHosts, redirectionHosts, deadHosts, streams } = this.database;
    return {
      ...row,
      ...(expand.includes("owner") && { owner: this.accounts.user(row.owner_user_id) }),
      ...(expand.includes("proxy_hosts") && { proxy_hosts: users(proxyHosts.all()) }),
      ...(expand.includes("redirection_hosts") && { redirection_hosts: users(redirectionHosts.all()) }),
      ...(expand.includes("dead_hosts") && { dead_hosts: users(deadHosts.all()) }),
      ...(expand.includes("streams") && { streams: users(streams.all()) }),
    };
  }

  /** of an access list, its passwords masked. */
  ofAccessList(row: AccessListRow, expand: readonly string[]): unknown {
    const { items, clients, ...list } = row;
    const hosts = this.database.proxyHosts.all().filter((host) => host.access_list_id === row.id);
    const stamp = {
      created_on: row.created_on,
      modified_on: row.modified_on,
      access_list_id: row.id,
      meta: {},
    };
    return {
      ...list,
      proxy_host_count: hosts.length,
      ...(expand.includes("owner") && { owner: this.accounts.user(row.owner_user_id) }),
      ...(expand.includes("items") && {
        items: items.map(({ username, password }, index) => ({
          id: index + 1,
          ...stamp,
          username,
          password: "",
          hint: `${password.slice(0, 1)}${"*".repeat(Math.max(0, password.length - 1))}`,
        })),
      }),
      ...(expand.includes("clients") && {
        clients: clients.map((client, index) => ({ id: index + 1, ...stamp, ...client })),
      }),
      ...(expand.includes("proxy_hosts") && { proxy_hosts: hosts }),
    };
  }
}
