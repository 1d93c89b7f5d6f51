import { Accounts, ownerOfForeign } from "./api/accounts";
import type { EdgeHand, HostKind } from "./contract";
import type { Kind } from "./kinds/kind";
import { deadHost } from "./kinds/dead-host";
import { proxyHost } from "./kinds/proxy-host";
import { redirectionHost } from "./kinds/redirection-host";
import type { Configuration } from "./nginx/configuration";
import type { Database } from "./rows/database";
import type { ServedRow } from "./rows/rows";
import type { Installed } from "./version";

/** edgeHand acts at the proxy's own interface, past its API. */
export function edgeHand(
  database: Database,
  accounts: Accounts,
  configuration: Configuration,
  installed: Installed,
): EdgeHand {
  return {
    async deleteRow(kind, id) {
      if (kind === "proxy") await remove(proxyHost, id);
      if (kind === "redirection") await remove(redirectionHost, id);
      if (kind === "dead") await remove(deadHost, id);
    },
    async restoreRow(kind, id) {
      if (kind === "proxy") await restore(proxyHost, id);
      if (kind === "redirection") await restore(redirectionHost, id);
      if (kind === "dead") await restore(deadHost, id);
    },
    async deleteCertificate(id) {
      database.certificates.setDeleted(id, true);
      await rewriteHostsWith(id);
    },
    async restoreCertificate(id) {
      database.certificates.setDeleted(id, false);
      await rewriteHostsWith(id);
    },
    async addForeignHost(domainNames) {
      const { make } = proxyHost.created({ ...somebodys, domain_names: domainNames });
      const row = database.proxyHosts.insert(ownerOfForeign, make);
      await configuration.configure(proxyHost, row);
      return row.id;
    },
    withdraw: (section) => {
      accounts.withdraw(section);
    },
    install: (version) => {
      installed.version = version;
    },
  };

  async function rewriteHostsWith(certificate: number): Promise<void> {
    await rewrite(proxyHost, certificate);
    await rewrite(redirectionHost, certificate);
    await rewrite(deadHost, certificate);
  }

  async function rewrite<R extends ServedRow>(kind: Kind<R>, certificate: number): Promise<void> {
    for (const row of kind.table(database).all()) {
      if (row.enabled && row.certificate_id === certificate) await configuration.configure(kind, row);
    }
  }

  async function remove<R extends ServedRow>(kind: Kind<R>, id: number): Promise<void> {
    kind.table(database).setDeleted(id, true);
    await configuration.remove(kind.type, id);
  }

  async function restore<R extends ServedRow>(kind: Kind<R>, id: number): Promise<void> {
    const row = kind.table(database).setDeleted(id, false);
    if (row.enabled) await configuration.configure(kind, row);
  }
}

/** kindNames of hosts, as the lab's contract says them. */
export const kindNames: Readonly<Record<string, HostKind>> = {
  proxy_host: "proxy",
  redirection_host: "redirection",
  dead_host: "dead",
};

const somebodys = { forward_scheme: "http", forward_host: "127.0.0.1", forward_port: 8080, locations: [] };
