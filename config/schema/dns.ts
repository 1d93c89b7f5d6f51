import { z } from "zod";
import { address, domain } from "./literals";

/** dns, what the cluster's own resolver answers besides the cluster's names. */
export const dns = z.strictObject({
  /** forward every other name to these resolvers. @default - the nodes' */
  forward: z.array(address).min(1).optional(),
  /** hosts: name → address. @default {} */
  hosts: z.record(z.string(), address).optional(),
  /** rewrite: name asked → name answered. @default {} */
  rewrite: z.record(z.string(), domain).optional(),
  /** zones that other servers answer: zone → their addresses. @default {} */
  zones: z.record(z.string(), z.array(address).min(1)).optional(),
  /** routes: inside, a route's hosts resolve to where the same scheme and certificate are served. @default true */
  routes: z.boolean().optional(),
});
