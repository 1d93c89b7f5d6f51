import { z } from "zod";
import { address, network, range } from "./literals";

const addresses = z.union([range.transform((one) => [one]), z.array(range).min(1)]);

const addressPool = z.strictObject({
  /** addresses that Services of type LoadBalancer get: one range or several. @change in place. @error addresses/outside-network */
  addresses,
  /** reserved addresses of it, for Services that ask for them. The ingress' and those that services name are reserved anyway. @default [] */
  reserved: z.array(address).optional(),
  /** autoAssign: a Service that asks for no pool may get one of its addresses. @default true */
  autoAssign: z.boolean().optional(),
  /** avoidBuggyIps: addresses that end in .0 and .255 stay unused. @default false */
  avoidBuggyIps: z.boolean().optional(),
  /** interfaces on which the addresses are announced. @default - all of them */
  interfaces: z.array(z.string()).min(1).optional(),
  /** nodes that announce them, by their labels. @default - every node */
  nodes: z.record(z.string(), z.string()).optional(),
});

/** loadBalancer: one range of addresses, or several pools by name. */
export const loadBalancer = z.union([
  z.strictObject({
    /** addresses of the one pool, `default`: one range or several. @change in place. @error addresses/outside-network */
    addresses,
  }),
  z.strictObject({
    /** pools by name. @change in place. A pool that loses addresses takes them from the Services that have them. */
    pools: z.record(z.string(), addressPool),
  }),
]);

export const ingress = z.strictObject({
  /** controller that serves routes. @error rke2/ingress-nginx-removed, rke2/ingress-nginx-retired */
  controller: z.enum(["traefik", "gateway-api", "istio", "ingress-nginx"]),
  /** carriedBy, what stands behind gateway-api. @default "traefik" */
  carriedBy: z.enum(["traefik", "istio"]).optional(),
  /** address of its Service, in one of the load balancer's pools. @error addresses/ingress-outside-load-balancer */
  address,
  /** replicas of the controller. @default 2 */
  replicas: z.int().min(1).max(100).optional(),
  /** proxyProtocol is spoken by these networks, and then by every visitor from them. @default - nobody */
  proxyProtocol: z.array(network).min(1).optional(),
  /** accessLogs as JSON lines on the controller's output. @default true */
  accessLogs: z.boolean().optional(),
  /** metrics for Prometheus. @default false */
  metrics: z.boolean().optional(),
});

export type AddressPoolInput = z.output<typeof addressPool>;
