import { z } from "zod";
import { address, capacity, literal, memory } from "./literals";

const host = z.strictObject({
  /**
   * address that the host's own API and SSH answer at. The template's VM id is made of it.
   * @change never after first deploy
   * @error addresses/twice, machines/vm-id-twice
   */
  address,
  /**
   * cores, threads that Proxmox shows for this host.
   * @unit cores
   * @change in place
   * @error machines/cores-above-host, machines/cores-overcommitted
   */
  cores: z.int().positive(),
  /** memory of the host. @change in place. @error machines/memory-overcommitted, hosts/declared-differently */
  memory,
  /**
   * storage of this host alone: id → space this program may use. `local` exists everywhere and need not be
   * listed.
   * @change in place
   * @error machines/storage-overcommitted, hosts/store-shared-and-own
   */
  storage: z.record(z.string(), capacity),
  /**
   * templateId, VM id of the host's template VM.
   * @default - vmIds.templates and the last number of address
   * @unit VM id
   * @change never after first deploy
   * @error machines/vm-id-twice
   */
  templateId: z.int().optional(),
});

export const proxmox = z.strictObject({
  /** endpoint, https URL of the API of any one host. @change in place. @error proxmox/endpoint */
  endpoint: literal(
    (text) => (isEndpoint(text) ? text : undefined),
    () => ({
      code: "proxmox/endpoint",
      why: "Proxmox's API answers over https only, and its token must not travel in the clear",
      fix: 'write it as "https://192.168.0.10:8006/"',
    }),
  ).meta({ description: "an https URL", problems: ["proxmox/endpoint"] }),
  /** hosts by the name that Proxmox shows for them. @change in place. @error names/not-a-host-name */
  hosts: z.record(z.string(), host),
  /** bridge that every machine's network device is on. @change in place */
  bridge: literal(
    (text) => (/^[A-Za-z][A-Za-z0-9_.]{0,14}$/.test(text) ? text : undefined),
    () => ({
      code: "proxmox/bridge",
      why: "a Linux bridge's name has at most 15 letters, digits, dots and underscores",
      fix: 'copy it from the host\'s Network page, for example "vmbr0"',
    }),
  ).meta({ description: "a bridge's name, at most 15 characters", problems: ["proxmox/bridge"] }),
  /** vlan tag on that bridge, 1 to 4094. @default - untagged. @unit VLAN tag. @change in place */
  vlan: z.int().min(1).max(4094).optional(),
  /**
   * disks, the store of the machines' disks.
   * @change never after first deploy
   * @error hosts/unknown-store, hosts/store-not-on-host
   */
  disks: z.string(),
  /**
   * images, the store that cloud images (content type import) or ISOs are downloaded to.
   * @change in place; the image is downloaded again, and templates that are there stay as they are
   * @error hosts/unknown-store
   */
  images: z.string(),
  /**
   * snippets, the store of cloud-init documents (content type snippets).
   * @change never after first deploy; each machine would be replaced
   * @error hosts/unknown-store
   */
  snippets: z.string(),
  /**
   * sharedStorage that every host sees as one: id → space this program may use.
   * @default - none
   * @change never after first deploy
   * @error hosts/store-shared-and-own, machines/storage-overcommitted
   */
  sharedStorage: z.record(z.string(), capacity).optional(),
  /** pool, the Proxmox resource pool that holds the cluster's machines. @change in place. @error names/pool-twice */
  pool: literal(
    (text) => (/^[A-Za-z0-9][\w.-]*$/.test(text) ? text : undefined),
    () => ({
      code: "proxmox/pool",
      why: "a Proxmox pool's id holds letters, digits, dots, dashes and underscores",
      fix: "write the cluster's name",
    }),
  ).meta({ description: "letters, digits, dots, dashes and underscores", problems: ["proxmox/pool"] }),
  /**
   * overcommit: cores that machines may have in all for each core of their host.
   * @default - more than 1 is warned of
   * @unit cores of machines for each core of the host
   * @change in place
   * @error machines/cores-overcommitted, hosts/overcommit-differs
   */
  overcommit: z.number().min(1).max(16).optional(),
  /**
   * vmIds, where the cluster's VM ids begin.
   * @default - 1000 for nodes, 9000 for templates
   * @change never after first deploy
   * @error machines/vm-id-twice, machines/vm-id-out-of-range
   */
  vmIds: z
    .strictObject({
      /** nodes: a node's VM id is this plus its address' distance from the network's first. @default 1000. @unit VM id */
      nodes: z.int().optional(),
      /** templates: a template's VM id is this plus the last number of its host's address. @default 9000. @unit VM id */
      templates: z.int().optional(),
    })
    .optional(),
  /**
   * macPrefix, first three bytes of every machine's MAC; the rest is its address.
   * @default "02:24:11"
   * @change never after first deploy; a machine that runs knows its network card by it
   */
  macPrefix: literal(
    (text) => (/^[0-9A-Fa-f][02468ACEace](:[0-9A-Fa-f]{2}){2}$/.test(text) ? text.toUpperCase() : undefined),
    () => ({
      code: "machines/mac-prefix",
      why: "a prefix is three bytes in hexadecimal, the first one even: an odd one means multicast",
      fix: 'write it as "02:24:11"',
    }),
  )
    .meta({
      description: "three bytes in hexadecimal with colons, the first one even",
      problems: ["machines/mac-prefix"],
    })
    .optional(),
});

function isEndpoint(text: string): boolean {
  return URL.canParse(text) && new URL(text).protocol === "https:";
}
