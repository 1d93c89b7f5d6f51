import { internal } from "../api/api-error";
import type { Kind, Related } from "../kinds/kind";
import type { Database, DefaultSite, HostType } from "../rows/database";
import type { Meta, ServedRow } from "../rows/rows";
import type { DataFolder } from "./data-folder";
import { defaultSiteFile } from "./files/default-site";
import type { Nginx } from "./nginx";

/** Loaded file of a host: what nginx took at its last reload. */
export interface Loaded {
  readonly type: HostType;
  readonly id: number;
  readonly domainNames: readonly string[];
}

/** Configuration writes a host's file as Nginx Proxy Manager does (internal/nginx.js): nothing locks it. */
export class Configuration {
  private written: readonly Loaded[] = [];
  private served: readonly Loaded[] = [];

  constructor(
    private readonly database: Database,
    private readonly files: DataFolder,
    private readonly nginx: Nginx,
  ) {}

  /** loaded hosts, as of the last reload. */
  loaded(): readonly Loaded[] {
    return this.served;
  }

  /**
   * configure a host: what nginx does not take is taken away again and told in its meta. When nginx refuses the files
   * already before, the call fails and the row stays.
   */
  async configure<R extends ServedRow>(
    kind: Kind<R>,
    row: R,
    related = this.relatedTo(kind, row),
  ): Promise<Meta> {
    await this.mustPass();
    await this.forget(kind.type, row.id);
    await this.write(kind, row, related);
    const problem = await this.nginx.test();
    const meta = { ...row.meta, nginx_online: problem === undefined, nginx_err: problem ?? null };
    this.database.setMeta(kind.type, row.id, meta);
    if (problem !== undefined) await this.forget(kind.type, row.id);
    await this.reload();
    return meta;
  }

  /** write a host's file, and no more. */
  async write<R extends ServedRow>(
    kind: Kind<R>,
    row: R,
    related = this.relatedTo(kind, row),
  ): Promise<void> {
    const text = kind.file(row, related, this.nginx.dialect);
    await this.files.write(`${kind.type}/${row.id}.conf`, text);
    if (row.enabled) this.written = [...this.without(kind.type, row.id), loadedOf(kind.type, row)];
  }

  /** remove a host's file and serve it no more. */
  async remove(type: HostType, id: number): Promise<void> {
    await this.forget(type, id);
    await this.reload();
  }

  /** configureDefaultSite, whose file is taken away when nginx refuses it; tells whether it did not. */
  async configureDefaultSite(site: DefaultSite): Promise<boolean> {
    const name = "default_host/site.conf";
    if (site.meta.html !== undefined) await this.files.write("default_www/index.html", site.meta.html);
    await this.files.write(name, defaultSiteFile(site, this.nginx.dialect));
    const isTaken = (await this.nginx.test()) === undefined;
    if (!isTaken) await this.files.remove(name);
    await this.reload();
    return isTaken;
  }

  async reload(): Promise<void> {
    await this.mustPass();
    await this.nginx.reload();
    this.served = this.written;
  }

  relatedTo<R extends ServedRow>(kind: Kind<R>, row: R): Related {
    const { certificates, accessLists } = this.database;
    return {
      certificate: certificates.find(row.certificate_id),
      accessList: accessLists.find(kind.accessListId(row)),
    };
  }

  private async forget(type: HostType, id: number): Promise<void> {
    this.written = this.without(type, id);
    await this.files.remove(`${type}/${id}.conf`);
  }

  private without(type: HostType, id: number): readonly Loaded[] {
    return this.written.filter((known) => known.type !== type || known.id !== id);
  }

  private async mustPass(): Promise<void> {
    const problem = await this.nginx.test();
    if (problem !== undefined) throw internal(problem);
  }
}

function loadedOf(type: HostType, row: ServedRow): Loaded {
  const names = "domain_names" in row && Array.isArray(row.domain_names) ? row.domain_names : [];
  return { type, id: row.id, domainNames: names.map(String) };
}
