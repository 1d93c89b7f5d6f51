import { readFileSync } from "node:fs";
import { type Server, createServer } from "node:https";
import type { MachineRoom } from "../machine";
import type { LabAuthority, LabNetwork } from "../network/contract";
import type { LabHost, LabSite } from "../site";
import type { Accounts } from "./access/accounts";
import { Authentication } from "./access/authentication";
import { ApiServer } from "./api/api-server";
import { Cluster, type KnownDownload } from "./cluster";
import { Faults } from "./faults";
import { OperatorsHand } from "./hand";
import { leftovers } from "./leftovers";
import { type RecordedRequest, RequestLog } from "./request-log";
import { ApiSchema } from "./schema/api-schema";
import { LabState } from "./state";
import { type SshCommand, SshHost } from "./ssh/ssh-host";
import { stop } from "./vm/power";

export interface ProxmoxOptions {
  readonly site: LabSite;
  readonly network: LabNetwork;
  readonly authority: LabAuthority;
  readonly machines: MachineRoom;
  readonly accounts: Accounts;
  /** taskMilliseconds, how long a task runs before its work is done. @default 10 */
  readonly taskMilliseconds?: number;
  /** apiSchemaFile, Proxmox's published API description; with it every request is checked. */
  readonly apiSchemaFile?: string;
  /** knownDownloads by url; of other urls the lab knows nothing and believes any well-formed checksum. */
  readonly knownDownloads?: Readonly<Record<string, KnownDownload>>;
}

export interface ProxmoxLab {
  readonly state: LabState;
  readonly hand: OperatorsHand;
  /** requests in the order of their answers. */
  readonly requests: readonly RecordedRequest[];
  /** commands that were run over SSH. */
  readonly commands: readonly SshCommand[];
  readonly schemaViolations: readonly string[];
  /** defects, errors of the simulator itself with their stack; a rehearsal with one of them did not hold. */
  readonly defects: readonly string[];
  /** isEmpty: nothing is left but what the site was born with; `left` names the rest. */
  isEmpty(): { readonly empty: boolean; readonly left: readonly string[] };
  close(): Promise<void>;
}

/** startProxmox stands up the hosts of a site: API and SSH on every one. */
export async function startProxmox(options: ProxmoxOptions): Promise<ProxmoxLab> {
  const {
    site,
    network,
    authority,
    machines,
    accounts,
    knownDownloads = {},
    taskMilliseconds = 10,
  } = options;
  const cluster = new Cluster(site, machines, accounts, knownDownloads, taskMilliseconds);
  const faults = new Faults();
  const log = new RequestLog();
  const violations: string[] = [];
  const defects: string[] = [];
  const commands: SshCommand[] = [];
  const schema = options.apiSchemaFile === undefined ? undefined : readSchema(options.apiSchemaFile);
  const authentication = new Authentication(accounts);
  const api = new ApiServer({ cluster, authentication, faults, log, schema, violations, defects });

  const sshHosts = site.hosts.map((host) => new SshHost(cluster, host.name, accounts.ssh, commands));
  const hand = new OperatorsHand(cluster, faults, sshHosts);
  const detach: (() => Promise<void>)[] = [];
  const apiServers: Server[] = [];
  const attachApi = async (host: LabHost, address: string, port: number): Promise<void> => {
    const { certificatePem, keyPem } = await authority.issue([
      ...new Set([address, host.address, host.name]),
    ]);
    const server = createServer({ cert: certificatePem, key: keyPem }, (request, response) => {
      void api.handle(request, response);
    });
    server.on("connection", (socket) => {
      if (cluster.down.has(host.name) || hand.takesConnection()) socket.destroy();
    });
    apiServers.push(server);
    detach.push(await network.attach(address, port, server));
  };
  for (const [index, host] of site.hosts.entries()) {
    await attachApi(host, host.address, API_PORT);
    const ssh = sshHosts[index];
    if (ssh) detach.push(await network.attach(host.address, SSH_PORT, ssh.server));
  }
  const [first] = site.hosts;
  const endpoint = endpointOf(site);
  const taken = site.hosts.some(({ address }) => address === endpoint.host && endpoint.port === API_PORT);
  if (first && !taken) await attachApi(first, endpoint.host, endpoint.port);
  return {
    state: new LabState(cluster),
    hand,
    requests: log.entries,
    commands,
    schemaViolations: violations,
    defects,
    isEmpty: () => {
      const left = leftovers(cluster, hand.foreign);
      return { empty: left.length === 0, left };
    },
    close: async () => {
      await cluster.tasks.close();
      for (const vm of cluster.vms.values()) await stop(vm);
      for (const ssh of sshHosts) ssh.disconnectAll();
      for (const server of apiServers) server.closeAllConnections();
      for (const release of detach) await release();
    },
  };
}

const API_PORT = 8006;
const SSH_PORT = 22;

function endpointOf(site: LabSite): { host: string; port: number } {
  const url = new URL(site.endpoint);
  return { host: url.hostname, port: url.port === "" ? 443 : Number(url.port) };
}

function readSchema(file: string): ApiSchema {
  return ApiSchema.parse(readFileSync(file, "utf8"));
}
