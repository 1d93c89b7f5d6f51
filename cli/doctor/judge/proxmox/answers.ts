import type { Reading } from "../../reading";
import type { Certificate } from "../transport";

/** ProxmoxAnswers, all that a cluster's Proxmox was asked. */
export interface ProxmoxAnswers {
  /** version of the host that answers at the endpoint; what is not read here says that nothing else can be. */
  readonly version: Reading<Version>;
  /** credential that it was asked with; absent = none. */
  readonly credential?: "token" | "password";
  readonly certificate?: Certificate;
  /** inside, what only a credential opens. */
  readonly inside?: Inside;
}

export interface Inside {
  /** privileges of the credential, by path. */
  readonly privileges: ReadonlyMap<string, Reading<ReadonlySet<string>>>;
  readonly hosts: Reading<readonly HostRow[]>;
  /** vms, containers among them. */
  readonly vms: Reading<readonly VmRow[]>;
  /** snippets, the definition of their store. */
  readonly snippets: Reading<{ readonly path?: string | undefined }>;
  /** byHost that is online and has a machine of the cluster. */
  readonly byHost: ReadonlyMap<string, HostAnswers>;
}

export interface HostAnswers {
  readonly version: Reading<Version>;
  readonly storages: Reading<readonly StorageRow[]>;
  readonly network: Reading<readonly InterfaceRow[]>;
}

export interface Version {
  readonly version: string;
}

export interface HostRow {
  readonly node: string;
  /** status: online, offline or unknown. */
  readonly status: string;
}

export interface VmRow {
  readonly vmid: number;
  readonly name: string;
  readonly node: string;
  /** tags, between semicolons. */
  readonly tags: string;
  readonly status: string;
}

export interface StorageRow {
  readonly storage: string;
  readonly content: readonly string[];
  readonly shared: boolean;
  readonly active: boolean;
  readonly enabled: boolean;
}

export interface InterfaceRow {
  readonly iface: string;
  readonly type: string;
  readonly active: boolean;
  readonly priority: number;
  readonly address?: string | undefined;
  readonly gateway?: string | undefined;
}
