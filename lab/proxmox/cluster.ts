import type { MachineRoom } from "../machine";
import type { LabSite } from "../site";
import type { Accounts } from "./access/accounts";
import { Access } from "./access/access";
import { died } from "./api/api-error";
import { Storages } from "./storage/storages";
import { Tasks } from "./tasks/tasks";
import type { Vm } from "./vm/vm";

export interface KnownDownload {
  /** bytes of the file as the server reports them. */
  readonly bytes?: number;
  /** virtualBytes, the size of the disk inside an image. */
  readonly virtualBytes?: number;
  /** checksums by algorithm, in hexadecimal. */
  readonly checksums?: Readonly<Record<string, string>>;
}

export interface Pool {
  readonly id: string;
  comment: string;
  readonly vms: Set<number>;
  readonly storages: Set<string>;
}

/** Cluster is everything the hosts share: machines, volumes, pools, tasks, permissions. */
export class Cluster {
  readonly vms = new Map<number, Vm>();
  readonly pools = new Map<string, Pool>();
  readonly haResources = new Map<string, Map<string, string>>();
  readonly haRules = new Map<string, Map<string, string>>();
  /** down, hosts that do not answer. */
  readonly down = new Set<string>();
  /** sshClosed, hosts on which no SSH server listens. */
  readonly sshClosed = new Set<string>();
  /** versions of hosts that have another than the lab plays. */
  readonly versions = new Map<string, string>();
  /** lostTokens, API tokens that somebody has deleted, by their ids. */
  readonly lostTokens = new Set<string>();
  /** quorate: more than half of the hosts see each other; without that, Proxmox writes no configuration. */
  quorate = true;
  readonly storages: Storages;
  readonly access: Access;
  readonly tasks: Tasks;

  constructor(
    readonly site: LabSite,
    readonly machines: MachineRoom,
    accounts: Accounts,
    readonly knownDownloads: Readonly<Record<string, KnownDownload>>,
    taskMilliseconds: number,
  ) {
    this.storages = new Storages(site, machines);
    this.access = new Access(accounts, (vmId) => this.poolOf(vmId)?.id);
    this.tasks = new Tasks(taskMilliseconds);
  }

  poolOf(vmId: number): Pool | undefined {
    return [...this.pools.values()].find((pool) => pool.vms.has(vmId));
  }

  pool(id: string): Pool {
    const pool = this.pools.get(id);
    if (!pool) throw died(`pool '${id}' does not exist`);
    return pool;
  }

  /** vm as one host sees it: only what lies there. */
  vm(host: string, id: number): Vm {
    const vm = this.vms.get(id);
    if (vm?.host !== host)
      throw died(`Configuration file 'nodes/${host}/qemu-server/${id}.conf' does not exist`);
    return vm;
  }

  hasHost(name: string): boolean {
    return this.site.hosts.some((host) => host.name === name);
  }
}
