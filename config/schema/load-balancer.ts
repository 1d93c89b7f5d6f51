import { z } from "zod";
import { address, network, range } from "./literals";

const addresses = z.union([range.transform((one) => [one]), z.array(range).min(1)]);

const addressPool = z.strictObject({
  /**
   * addresses that Services of type LoadBalancer get: one range or several.
   * @change in place
   * @error addresses/outside-network, addresses/broadcast-address, addresses/load-balancers-overlap
   */
  addresses,
  /**
   * reserved addresses of it, for Services that ask for them. The ingress' and those that services name are
   * reserved anyway.
   * @default []
   * @change in place
   * @error exposure/outside-pool
   */
  reserved: z.array(address).optional(),
  /** autoAssign: a Service that asks for no pool may get one of its addresses. @default true. @change in place */
  autoAssign: z.boolean().optional(),
  /** avoidBuggyIps: addresses that end in .0 and .255 stay unused. @default false. @change in place */
  avoidBuggyIps: z.boolean().optional(),
  /** interfaces on which the addresses are announced. @default - all of them. @change in place */
  interfaces: z.array(z.string()).min(1).optional(),
  /** nodes that announce them, by their labels. @default - every node. @change in place */
  nodes: z.record(z.string(), z.string()).optional(),
});

/** loadBalancer: one range of addresses, or several pools by name. */
export const loadBalancer = z.union([
  z.strictObject({
    /**
     * addresses of the one pool, `default`: one range or several.
     * @change in place
     * @error addresses/outside-network, addresses/broadcast-address, addresses/load-balancers-overlap
     */
    addresses,
  }),
  z.strictObject({
    /** pools by name. @change in place; a pool that loses addresses takes them from the Services that have them */
    pools: z.record(z.string(), addressPool),
  }),
]);

export const ingress = z.strictObject({
  /**
   * controller that serves routes.
   * @change replaces the controller: the old one goes, then the new one takes the address
   * @error rke2/ingress-nginx-removed, rke2/ingress-nginx-retired
   */
  controller: z.enum(["traefik", "gateway-api", "istio", "ingress-nginx"]),
  /**
   * carriedBy, what stands behind gateway-api.
   * @default "traefik"
   * @change replaces the controller: the old one goes, then the new one takes the address
   * @error exposure/carried-by-nothing
   */
  carriedBy: z.enum(["traefik", "istio"]).optional(),
  /**
   * address of its Service, in one of the load balancer's pools.
   * @change in place; what points to the old address has to follow
   * @error addresses/ingress-outside-load-balancer, addresses/ingress-twice
   */
  address,
  /** replicas of the controller. @default 2. @unit pods. @error exposure/one-pod-answers */
  replicas: z.int().min(1).max(100).optional(),
  /**
   * proxyProtocol is spoken by these networks, and then by every visitor from them.
   * @default - nobody
   * @error edge/proxy-protocol
   */
  proxyProtocol: z.array(network).min(1).optional(),
  /** accessLogs as JSON lines on the controller's output. @default true */
  accessLogs: z.boolean().optional(),
  /** metrics for Prometheus. @default false */
  metrics: z.boolean().optional(),
});

export type AddressPoolInput = z.output<typeof addressPool>;
