import { readUserData } from "../guests/cloud-init/user-data";
import type { PemPair } from "../network/certificate";

/** BootSubject is all that a boot test is told: what lies on each machine's drive, and what was planned for it. */
export interface BootSubject {
  readonly machines: readonly BootMachine[];
  readonly network: {
    /** gateway, an address that the host side of the private network has. */
    readonly gateway: string;
    readonly prefix: number;
    readonly nameservers: readonly string[];
  };
  readonly api: { readonly address: string; readonly through: string };
  /** release that machines install, at http://<gateway>/<path>. */
  readonly release: { readonly path: string; readonly archive: Buffer };
  readonly branches: readonly Branch[];
  /** bootstrapScript on a server's disk. */
  readonly bootstrapScript: string;
  /** joinFile that the script writes when it joins. */
  readonly joinFile: string;
  /** administrator, who may list Nodes. */
  readonly administrator: PemPair;
  readonly serverAuthority: string;
}

export interface BootMachine {
  readonly name: string;
  readonly role: "server" | "agent" | "load-balancer";
  readonly mac: string;
  readonly address: string;
  readonly seed: Seed;
  /** decides: what its bootstrap script says at the first boot and at the second; absent = it has none. */
  readonly decides?: { readonly first: string; readonly second: string };
}

/** Seed, the three files of the cloud-init drive, their secrets filled in. */
export interface Seed {
  readonly userData: string;
  readonly metaData: string;
  readonly networkConfig: string;
}

/** Branch is one way that the bootstrap script can take, on the files of a server that is not there. */
export interface Branch {
  readonly name: string;
  /** files by their path; no machine but this script reads them. */
  readonly files: Readonly<Record<string, string>>;
  readonly peers: readonly Peer[];
  /** runs of the script, one after another, and what each has to come to. */
  readonly runs: readonly { readonly status: 0 | 1; readonly says: string }[];
  /** join, the address it joins through after the last run; absent = it joins nobody. */
  readonly join?: string;
}

/** Peer is who answers at an address of the private network. */
export type Peer =
  | { readonly kind: "hangs"; readonly address: string }
  | {
      readonly kind: "serves";
      readonly address: string;
      /** authority that signed its certificate, and the one whose clients it knows. */
      readonly server: PemPair;
      readonly client: PemPair;
      /** node: what it answers to one GET of a Node after another, the last for ever, and to DELETE. */
      readonly node: { readonly get: readonly number[]; readonly delete?: number };
    };

/** imageOf a machine: the packages of its document and of all others of its kind, which its disk has to have already. */
export function imageOf(role: BootMachine["role"], { machines }: Pick<BootSubject, "machines">): string[] {
  const isNode = role !== "load-balancer";
  const alike = machines.filter((machine) => (machine.role !== "load-balancer") === isNode);
  return alike.flatMap(({ seed }) => readUserData(seed.userData).packages.flat());
}

/** imagesOf all machines, each once. */
export function imagesOf(subject: Pick<BootSubject, "machines">): string[][] {
  const kinds = new Map(subject.machines.map(({ role }) => [role === "load-balancer", role]));
  return [...kinds.values()].map((role) => imageOf(role, subject));
}
