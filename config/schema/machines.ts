import { z } from "zod";
import { cloudImages, installerIsos } from "../../versions";
import { serverArguments, workerArguments } from "./arguments";
import { etcd } from "./etcd";
import { address, capacity, literal, memory, sha256 } from "./literals";

const download = (endings: readonly string[]) =>
  literal(
    (text) => (isDownload(text, endings) ? text : undefined),
    () => ({
      code: "template/download",
      why: `the Proxmox host fetches it over http or https and takes files that end in ${endings.join(" or ")}`,
      fix: "give the address of such a file",
    }),
  ).meta({
    description: `an http or https URL that ends in ${endings.map((ending) => `\`${ending}\``).join(" or ")}`,
    problems: ["template/download"],
  });

export const template = z.union([
  z.strictObject({
    /**
     * cloudImage, a name from versions.ts or the URL of a qcow2 image.
     * @change new nodes only: the template is made again of it
     * @error template/unpinned
     */
    cloudImage: z.union([
      z.enum(namesOf(cloudImages)),
      z.strictObject({
        /** url of a qcow2 image with cloud-init; the Proxmox hosts download it. */
        url: download([".img", ".qcow2"]),
        /** sha256 of that file. @default - nothing is compared. @error template/unpinned, template/not-a-digest */
        sha256: sha256.optional(),
      }),
    ]),
    /** disk of the template. @default "8 GiB". @change new nodes only. @error machines/template-below-image */
    disk: capacity.optional(),
  }),
  z.strictObject({
    /**
     * iso, Ubuntu's live server installer: a name from versions.ts or a URL.
     * @change new nodes only: the template is made again of it
     * @error template/unpinned
     */
    iso: z.union([
      z.enum(namesOf(installerIsos)),
      z.strictObject({
        /** url of the installer's ISO; the Proxmox hosts download it. */
        url: download([".iso"]),
        /** sha256 of that file. @default - nothing is compared. @error template/unpinned, template/not-a-digest */
        sha256: sha256.optional(),
      }),
    ]),
    /** disk that is installed to. @default "16 GiB". @change new nodes only. @error machines/template-below-image */
    disk: capacity.optional(),
  }),
]);

const machineFields = {
  /**
   * count of machines; a larger count adds machines and touches no other.
   * @unit machines
   * @change in place; a smaller count destroys the machines with the highest numbers
   * @error machines/even-servers, machines/no-server, addresses/outside-network
   */
  count: z.int().min(0).max(5000),
  /**
   * first address; machine n has the address n − 1 further on.
   * @change replaces the machine
   * @error addresses/outside-network, addresses/twice, addresses/network-address, addresses/broadcast-address,
   *   addresses/in-load-balancer, addresses/in-dhcp, machines/mac-twice
   */
  first: address,
  /**
   * retired numbers, never used again; `count` counts the others.
   * @default []
   * @unit number of a machine
   * @change destroys the machine of that number
   * @error machines/retired-out-of-range, machines/retired-twice
   */
  retired: z.array(z.int().positive()).optional(),
  /**
   * on these hosts in turn: machine n on the n-th, round and round.
   * @change replaces the machine
   * @error hosts/unknown-host, machines/one-host-holds-quorum
   */
  on: z.array(z.string()).min(1),
  /**
   * cores of each machine.
   * @unit cores
   * @change restarts the machine: servers one after another, each waited for; workers together
   * @error machines/too-few-cores, machines/cores-above-host
   */
  cores: z.int().positive(),
  /**
   * memory of each machine.
   * @change restarts the machine: servers one after another, each waited for; workers together
   * @error machines/too-little-memory
   */
  memory,
  /** disk of each machine; it can only grow. @change in place. @error machines/disk-below-template */
  disk: capacity,
  /** labels of the Kubernetes node. @default {}. @change new nodes only. @error names/node-label, names/malformed-label */
  labels: z.record(z.string(), z.string()).optional(),
  /**
   * taints of the Kubernetes node, as `key=value:Effect`.
   * @default []
   * @change new nodes only
   * @error names/malformed-taint, names/taint-twice, rke2/nowhere-to-run
   */
  taints: z.array(z.string()).optional(),
};

export const servers = z.strictObject({
  ...machineFields,
  /** dedicated to the control plane: only what tolerates `CriticalAddonsOnly` runs there. @default false. @change new nodes only. @error rke2/nowhere-to-run */
  dedicated: z.boolean().optional(),
  /** arguments of Kubernetes' programs on servers: program → its flags. @default {}. @change new nodes only. @error rke2/argument-of-ours */
  arguments: serverArguments.optional(),
  /** etcd on the servers. @default - a snapshot every 12 hours, the last 5 kept. @change new nodes only */
  etcd: etcd.optional(),
});

export const workerPool = z.strictObject({
  ...machineFields,
  /** arguments of Kubernetes' programs on workers: program → its flags. @default {}. @change new nodes only. @error rke2/argument-of-ours */
  arguments: workerArguments.optional(),
});

/** workers: one pool, whose machines are worker-1…, or several by name: `gpu` has gpu-1…. */
export const workers = z.union([workerPool, z.record(z.string().meta({ title: "pool" }), workerPool)]);

function namesOf<Name extends string>(table: Readonly<Record<Name, unknown>>): Name[] {
  const isName = (name: string): name is Name => name in table;
  return Object.keys(table).filter(isName);
}

function isDownload(text: string, endings: readonly string[]): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, pathname } = new URL(text);
  return (
    (protocol === "https:" || protocol === "http:") && endings.some((ending) => pathname.endsWith(ending))
  );
}
