import { delimiter, join } from "node:path";
import type { LabNetwork } from "../network/contract";
import { Accounts } from "./api/accounts";
import { Expansions } from "./api/expand";
import { apiServer } from "./api/server";
import type { EdgeAccount, LabEdge } from "./contract";
import { edgeHand, kindNames } from "./hand";
import { chooseNginx } from "./nginx/choose-nginx";
import { Configuration } from "./nginx/configuration";
import { DataFolder } from "./nginx/data-folder";
import { recordsOf } from "./records";
import { Database } from "./rows/database";
import { routesOf } from "./routes";
import { latest, textOf, type Installed, type Version } from "./version";

export interface EdgeOptions {
  readonly network: LabNetwork;
  /** address of the proxy, where its nginx serves. */
  readonly address: string;
  /** port of its API. @default 81 */
  readonly port?: number;
  readonly account: EdgeAccount;
  /** scratch, a folder that the proxy keeps its files in, among them private keys. */
  readonly scratch: string;
  /** version that it says it has. @default the one whose behaviour it plays */
  readonly version?: Version;
  /** path to look for nginx on. @default PATH, and /usr/sbin: Debian keeps it there, where a user's PATH does not lead */
  readonly path?: string;
}

/** startLabEdge stands up a Nginx Proxy Manager that was claimed already: one administrator, and the given account. */
export async function startLabEdge(options: EdgeOptions): Promise<LabEdge> {
  const { network, address, port = 81, account, scratch, version = latest, path = defaultPath() } = options;
  const folder = join(scratch, "edge");
  const installed: Installed = { version };
  const nginx = await chooseNginx(folder, address, path);
  const database = new Database();
  const accounts = new Accounts(account);
  const files = new DataFolder(join(folder, "data"));
  const configuration = new Configuration(database, files, nginx);
  const expansions = new Expansions(database, accounts);
  const defects: string[] = [];
  const routes = routesOf({ database, accounts, expansions, configuration, files, installed });
  const server = apiServer({ accounts, routes, defects });
  const detach = await network.attach(address, port, server);
  return {
    address,
    records: () => recordsOf(database, address),
    nginx: nginx.state,
    parts: [{ name: "Nginx Proxy Manager, its API", kind: "stand-in", version: textOf(version) }, nginx.part],
    defects,
    hand: edgeHand(database, accounts, configuration, installed),
    sites: () =>
      configuration.loaded().flatMap(({ type, id, domainNames }) => {
        const kind = kindNames[type];
        return kind === undefined ? [] : [{ kind, id, domainNames }];
      }),
    log: () => nginx.log(),
    async close() {
      server.closeAllConnections();
      await detach();
      await nginx.close();
    },
  };
}

function defaultPath(): string {
  return [process.env["PATH"] ?? "", "/usr/sbin"].join(delimiter);
}
