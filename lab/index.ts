import type { Part } from "./engine/part";

/** Lab is a whole site that runs: hosts, network, the machines on them. It knows nothing of what is rehearsed in it. */
export interface Lab {
  /** environment that leads a program into the lab; nothing else about the program differs from a real deploy. */
  readonly environment: Readonly<Record<string, string>>;
  readonly parts: readonly Part[];
  /** complaints, all that no deploy may cause: a split cluster, a request Proxmox's schema forbids, a foreign address. */
  complaints(): readonly string[];
  /** readyNodes of the cluster that answers at an API address. */
  readyNodes(api: string): readonly string[];
  /** initialisations, how often a server began a new cluster for that API address. */
  initialisations(api: string): number;
  /** deleteMachine as somebody would in Proxmox's own interface. */
  deleteMachine(vmId: number): Promise<void>;
  /** remains, everything that a deploy left on the simulated Proxmox. */
  remains(): readonly string[];
  /** consoles, the last lines of each machine's console, by its name in Proxmox. */
  consoles(): ReadonlyMap<string, readonly string[]>;
  close(): Promise<void>;
}
