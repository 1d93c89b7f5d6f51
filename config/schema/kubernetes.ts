import { z } from "zod";
import { cni } from "./cni";
import { address, capacity, domain, label, memory, network, range, sha256 } from "./literals";
import { rke2Options } from "./options";
import { proxy } from "./proxy";

export const networks = z.strictObject({
  /** nodes, the network that machines, hosts and the load balancer's addresses are in. @change never after first deploy */
  nodes: network,
  /** gateway of that network. @change new nodes only. @error networks/gateway-outside */
  gateway: address,
  /** dns servers that machines ask, at least one. @change new nodes only. @error networks/no-dns */
  dns: z.array(address),
  /** searchDomain added to short names. @default - none. @change new nodes only. @error names/not-a-domain */
  searchDomain: domain.optional(),
  /**
   * dhcp, the range that the router hands out; nothing here may stand in it.
   * @default - none
   * @change in place; nothing is made of it
   * @error addresses/in-dhcp, networks/dhcp-outside
   */
  dhcp: range.optional(),
  /**
   * mtu of the machines' network cards; what pods get is derived from it. The bridge has to carry it.
   * @default 1500
   * @unit bytes
   * @change new nodes only
   */
  mtu: z.int().min(1280).max(9216).optional(),
  /**
   * pods, a /24 of it per node.
   * @change never after first deploy
   * @error networks/pods-too-small, networks/overlap, networks/overlap-across-clusters
   */
  pods: network,
  /**
   * services, of which the tenth address answers DNS.
   * @change never after first deploy
   * @error networks/services-too-small, networks/overlap, networks/address-inside, networks/services-too-large
   */
  services: network,
  /** proxy that machines reach the outside through: packages, releases, images. @default - none. @change new nodes only */
  proxy: proxy.optional(),
});

export const rke2 = z.strictObject({
  /**
   * version, one release's exact tag.
   * @change in place, never by a new VM
   * @error rke2/unknown-version, rke2/newer-than-known, rke2/pre-release, rke2/unsupported-version
   */
  version: z.string(),
  /**
   * sha256 of its rke2.linux-amd64.tar.gz.
   * @default - compared with the release's own list
   * @change new nodes only
   * @error rke2/unpinned
   */
  sha256: sha256.optional(),
  /** cni, the network between pods. @default "canal". @change never after first deploy. @error rke2/weave */
  cni: cni.optional(),
  /**
   * initialise: `first-day` lets server-1 start a new cluster only while its CA is younger than a day; `allowed` at any
   * time when no server answers. @default "first-day". @change new nodes only
   */
  initialise: z.enum(["first-day", "allowed"]).optional(),
  ...rke2Options,
});

const apiAddress = {
  /**
   * address of the Kubernetes API, for nodes and operators.
   * @change never after first deploy
   * @error addresses/twice, addresses/in-load-balancer, addresses/api-not-first-server,
   *   addresses/outside-network, addresses/router-id-twice
   */
  address,
};

/** loadBalancers, two machines with HAProxy and keepalived: load-balancer-1 and load-balancer-2. */
const loadBalancers = z.strictObject({
  /**
   * first address; the second machine has the next one.
   * @change replaces the machine
   * @error addresses/outside-network, addresses/twice
   */
  first: address,
  /** on these hosts in turn. @change replaces the machine. @error hosts/unknown-host, machines/load-balancers-on-one-host */
  on: z.array(z.string()).min(1),
  /**
   * cores of each machine.
   * @default 1
   * @unit cores
   * @change restarts the machine: load-balancer-2 when load-balancer-1 can hold the address again
   */
  cores: z.int().positive().optional(),
  /**
   * memory of each machine.
   * @default "1 GiB"
   * @change restarts the machine: load-balancer-2 when load-balancer-1 can hold the address again
   */
  memory: memory.optional(),
  /** disk of each machine; it can only grow. @default - the template's. @change in place. @error machines/disk-below-template */
  disk: capacity.optional(),
  /**
   * routerId, VRRP's number of this pair, 1 to 255, unique in the node network.
   * @default - the API address' last number
   * @unit number of VRRP
   * @change new nodes only
   * @error addresses/router-id-twice
   */
  routerId: z.int().min(1).max(255).optional(),
});

export const api = z.union([
  z.strictObject({
    ...apiAddress,
    /**
     * through: kube-vip moves the address between servers; first-server is server-1 itself, for a lab; haproxy
     * is two machines in front of the servers.
     * @change never after first deploy
     * @error machines/one-server-answers
     */
    through: z.enum(["kube-vip", "first-server"]),
  }),
  z.strictObject({
    ...apiAddress,
    /** through haproxy: two machines in front of the servers hold the address. @change never after first deploy */
    through: z.literal("haproxy"),
    /** loadBalancers, those two machines. @change new nodes only; what of a machine can change at once is said by its field */
    loadBalancers,
  }),
]);

export const clusterName = label;
