import type {
  AccessListRow,
  CertificateRow,
  DeadHostRow,
  Meta,
  ProxyHostRow,
  RedirectionHostRow,
  ServedRow,
  StreamRow,
} from "./rows";
import { Table } from "./table";

export type HostType = "proxy_host" | "redirection_host" | "dead_host" | "stream";

export interface DefaultSite {
  readonly value: "congratulations" | "404" | "444" | "redirect" | "html";
  readonly meta: { readonly redirect?: string; readonly html?: string };
}

/** Database of one Nginx Proxy Manager. */
export class Database {
  readonly proxyHosts = new Table<ProxyHostRow>();
  readonly redirectionHosts = new Table<RedirectionHostRow>();
  readonly deadHosts = new Table<DeadHostRow>();
  readonly streams = new Table<StreamRow>();
  readonly certificates = new Table<CertificateRow>();
  readonly accessLists = new Table<AccessListRow>();
  defaultSite: DefaultSite = { value: "congratulations", meta: {} };

  /** isTaken: another host of any kind, enabled or not, has the name, in whatever case. */
  isTaken(name: string, except?: { readonly type: HostType; readonly id: number }): boolean {
    const hosts = {
      proxy_host: this.proxyHosts.all(),
      redirection_host: this.redirectionHosts.all(),
      dead_host: this.deadHosts.all(),
    };
    return Object.entries(hosts).some(([type, rows]) =>
      rows
        .filter(({ id }) => type !== except?.type || id !== except.id)
        .some(({ domain_names }) => domain_names.some((known) => known.toLowerCase() === name.toLowerCase())),
    );
  }

  /** setMeta of a host, after its nginx was configured. */
  setMeta(type: HostType, id: number, meta: Meta): void {
    const change = <R extends ServedRow>(row: R): R => ({ ...row, meta });
    if (type === "proxy_host") this.proxyHosts.change(id, change);
    if (type === "redirection_host") this.redirectionHosts.change(id, change);
    if (type === "dead_host") this.deadHosts.change(id, change);
    if (type === "stream") this.streams.change(id, change);
  }
}
