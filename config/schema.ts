import { z } from "zod";
import { certificate, issuer } from "./schema/certificates";
import { dns } from "./schema/dns";
import { edge } from "./schema/edge";
import { api, clusterName, networks, rke2 } from "./schema/kubernetes";
import { ingress, loadBalancer } from "./schema/load-balancer";
import { servers, template, workerPool, workers } from "./schema/machines";
import { proxmox } from "./schema/proxmox";
import { route } from "./schema/routes";
import { configMap, secret, service } from "./schema/services";
import { state } from "./schema/state";
import { upgrades } from "./schema/upgrades";

/** What an operator may write. The comment on each field is its entry in the reference manual. */
export const clusterSchema = z.strictObject({
  /**
   * name, in front of every VM, image and snippet of the cluster and of its stacks.
   * @change never after first deploy
   * @error names/cluster-twice, names/too-long
   */
  name: clusterName,
  /** protect puts `prevent_destroy` on CAs, tokens and servers; taking a cluster down starts with false. @default true. @change in place */
  protect: z.boolean().optional(),
  /** proxmox, the hosts and what of them the cluster uses. */
  proxmox,
  /** network that the machines are in, and the two that are inside the cluster. */
  network: networks,
  /** template that machines are cloned from. @error names/image-twice */
  template,
  /** servers, the control plane: server-1…. An odd number of them. */
  servers,
  /** workers: one pool (worker-1…) or several by name. @error names/machine-twice, names/not-a-label */
  workers,
  /** rke2, the Kubernetes distribution. @error rke2/unpinned */
  rke2,
  /** api, where the Kubernetes API answers. */
  api,
  /** storage, where volumes of the default StorageClass are: on the node's own disk (`local-path`), or replicated over the workers' disks (`longhorn`). @default - there is no StorageClass. @change in place; node packages on new nodes only. @error storage/no-worker, storage/fewer-copies */
  storage: z.enum(["local-path", "longhorn"]).optional(),
  /** upgrades: how running nodes follow rke2.version; false = by hand. @default {}. @change in place */
  upgrades: upgrades.optional(),
  /** loadBalancer, what Services of type LoadBalancer draw from. @change in place */
  loadBalancer,
  /** ingress controller and the address it takes from the load balancer. @default - none. @change in place */
  ingress: ingress.optional(),
  /**
   * services by name: what runs and answers in the cluster.
   * @default {}
   * @change in place
   * @error names/object-name, services/name-too-long, services/selects-without-port
   */
  services: z.record(z.string(), service).optional(),
  /**
   * configMaps by name: settings that are no secret.
   * @default {}
   * @change in place; the pods that read one are rolled out again
   * @error names/object-name
   */
  configMaps: z.record(z.string(), configMap).optional(),
  /** secrets by name: which Terraform variables hold their values. @default {}. @change in place. @error names/object-name */
  secrets: z.record(z.string(), secret).optional(),
  /** issuers by name: who signs certificates. @default {}. @change in place. @error names/object-name */
  issuers: z.record(z.string(), issuer).optional(),
  /**
   * certificates by name: what hosts are served with, and where each comes from.
   * @default {}
   * @change in place
   * @error certificates/name, certificates/wildcard-by-http
   */
  certificates: z.record(z.string(), certificate).optional(),
  /**
   * routes: hosts and paths, and which service answers them.
   * @default []
   * @change in place
   * @error routes/no-ingress, routes/engine-cannot, routes/engine-value, routes/engine-not-together,
   *   routes/service-wide, routes/order-differs, edge/led-outside, routes/tls-differs
   */
  routes: z.array(route).optional(),
  /** dns inside the cluster. @default - as RKE2 has it. @change in place */
  dns: dns.optional(),
  /** edge, the proxy in front of the cluster. @default - none. @change in place */
  edge: edge.optional(),
  /** state, where the engine remembers what it made. @default - files beside cluster.ts. @change by moving the state */
  state: state.optional(),
  /**
   * accept, problems that are known and wanted: code → reason.
   * @default {}
   * @change in place
   * @error accept/not-waivable, accept/unused, accept/no-reason
   */
  accept: z.record(z.string(), z.string()).optional(),
});

/** ClusterLiteral is what stands in the file. */
export type ClusterLiteral = z.input<typeof clusterSchema>;
/** ClusterInput is the same after each literal was read. */
export type ClusterInput = z.output<typeof clusterSchema>;
export type ServersInput = z.output<typeof servers>;
export type WorkersInput = z.output<typeof workerPool>;
/** PoolInput is what a pool of servers and a pool of workers have in common. */
export type PoolInput = Omit<WorkersInput, "arguments">;
