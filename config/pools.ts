import { ipv4Number } from "./network";
import type { PoolInput } from "./schema";

/** PoolMember is one machine of a pool before it has a host's particulars. */
export interface PoolMember {
  /** number, from 1; retired ones are passed over and never come back. */
  readonly number: number;
  /** address as a number; it may lie outside every network, which a rule says. */
  readonly address: number;
  /** host by name; it may be unknown, which a rule says. */
  readonly host: string;
}

/**
 * membersOf expands a pool. Number, address and host of a member depend on its number alone, so a larger
 * count only adds and a retired number only removes.
 */
export function membersOf(pool: PoolInput): PoolMember[] {
  const retired = new Set(pool.retired);
  const members: PoolMember[] = [];
  for (let number = 1; members.length < pool.count; number += 1) {
    if (retired.has(number)) continue;
    members.push({
      number,
      address: ipv4Number(pool.first) + number - 1,
      host: pool.on[(number - 1) % pool.on.length] ?? "",
    });
  }
  return members;
}

/** namedPools: a single pool of workers is the pool `worker`; servers are never in it. */
export function namedPools<Pool extends PoolInput>(
  workers: Pool | Record<string, Pool>,
): [name: string, pool: Pool][] {
  return isPool(workers) ? [["worker", workers]] : Object.entries(workers);
}

export function isPool<Pool extends PoolInput>(workers: Pool | Record<string, Pool>): workers is Pool {
  return Array.isArray(workers["on"]);
}
