import { z } from "zod";
import { cni } from "./cni";
import { address, domain, label, network, range, sha256 } from "./literals";

export const networks = z.strictObject({
  /** nodes, the network that machines, hosts and the load balancer's addresses are in. @change never after first deploy */
  nodes: network,
  /** gateway of that network. @change new nodes only. @error networks/gateway-outside */
  gateway: address,
  /** dns servers that machines ask, at least one. @change new nodes only. @error networks/no-dns */
  dns: z.array(address),
  /** searchDomain added to short names. @default - none. @change new nodes only. @error names/not-a-domain */
  searchDomain: domain.optional(),
  /** dhcp, the range that the router hands out; nothing here may stand in it. @default - none. @error addresses/in-dhcp */
  dhcp: range.optional(),
  /** mtu of the machines' network cards; what pods get is derived from it. The bridge has to carry it. @default 1500. @change new nodes only */
  mtu: z.int().min(1280).max(9216).optional(),
  /** pods, a /24 of it per node. @change never after first deploy. @error networks/pods-too-small */
  pods: network,
  /** services, of which the tenth address answers DNS. @change never after first deploy. @error networks/services-too-small */
  services: network,
});

export const rke2 = z.strictObject({
  /** version, one release's exact tag. @change in place, never by a new VM. @error rke2/unknown-version */
  version: z.string(),
  /** sha256 of its rke2.linux-amd64.tar.gz. @default - compared with the release's own list. @error rke2/unpinned */
  sha256: sha256.optional(),
  /** cni, the network between pods. @default "canal". @change never after first deploy. @error rke2/weave */
  cni: cni.optional(),
  /**
   * initialise: `first-day` lets server-1 start a new cluster only while its CA is younger than a day; `allowed` at any
   * time when no server answers. @default "first-day". @change new nodes only
   */
  initialise: z.enum(["first-day", "allowed"]).optional(),
});

export const api = z.strictObject({
  /** address of the Kubernetes API, for nodes and operators. @change never after first deploy. @error addresses/twice */
  address,
  /** through: kube-vip moves the address between servers; first-server is server-1 itself, for a lab. */
  through: z.enum(["kube-vip", "first-server"]),
});

export const clusterName = label;
