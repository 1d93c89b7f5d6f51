import { z } from "zod";
import { address, portNumber } from "./literals";
import { reference } from "./references";

const shared = {
  /** port of the Service, where it has one. @default - the container's. @error services/port-twice */
  port: portNumber.optional(),
};

const outside = {
  ...shared,
  /** keepVisitorAddress: only nodes that run a pod of it answer, and the pod sees who asks. @default false */
  keepVisitorAddress: z.boolean().optional(),
};

/** exposure: how a Service is reached. */
export const exposure = z.union([
  z.enum(["ClusterIP", "headless", "NodePort", "LoadBalancer"]),
  z.strictObject({
    /** type: an address inside the cluster. */
    type: z.literal("ClusterIP"),
    ...shared,
  }),
  z.strictObject({
    /** type: a port on every node. */
    type: z.literal("NodePort"),
    /**
     * nodePort of the one port, or of each by its name.
     * @default - Kubernetes chooses
     * @error exposure/node-port-outside, exposure/node-port-twice
     */
    nodePort: z.union([portNumber, z.record(z.string(), portNumber)]).optional(),
    ...outside,
  }),
  z.strictObject({
    /** type: an address of the load balancer. */
    type: z.literal("LoadBalancer"),
    /**
     * address of it, reserved for this Service.
     * @default - the next free one
     * @error exposure/address-twice, exposure/outside-pool
     */
    address: address.optional(),
    /** pool that the address is from. @default - any that gives out addresses by itself */
    pool: reference<"pool">().optional(),
    /** share: Services with the same word may have one address, with different ports. @default - not shared */
    share: z.string().optional(),
    ...outside,
  }),
]);

export type ExposureInput = z.output<typeof exposure>;
