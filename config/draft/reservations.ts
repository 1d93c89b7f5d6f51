import type { Ipv4 } from "../network";
import type { ClusterInput } from "../schema";
import type { DraftAddressPool } from "./load-balancer";
import { poolWith } from "./load-balancer";
import type { DraftService } from "./services";

/** Reservation: an address of the load balancer that somebody asks for, so that nobody else is given it. */
export interface Reservation {
  readonly address: Ipv4;
  /** owner as a sentence names it: `the ingress`, `service db`, `pool public`. */
  readonly owner: string;
  readonly keys: readonly string[];
  /** pool by name, which the file says or which has the address; absent = no pool has it. */
  readonly pool?: string;
  /** share: owners with the same word may have one address. */
  readonly share?: string;
}

export function reservationsOf(
  input: ClusterInput,
  pools: readonly DraftAddressPool[],
  services: readonly DraftService[],
): Reservation[] {
  const reservation = (address: Ipv4, owner: string, keys: readonly string[], pool?: string): Reservation => {
    const name = pool ?? poolWith(pools, address)?.name;
    return { address, owner, keys, ...(name === undefined ? {} : { pool: name }) };
  };
  return [
    ...(input.ingress === undefined
      ? []
      : [reservation(input.ingress.address, "the ingress", ["ingress", "address"])]),
    ...services.flatMap(({ name, keys, exposure }) => {
      if (exposure?.address === undefined) return [];
      const { address, pool, share } = exposure;
      const asked = reservation(address, `service ${name}`, [...keys, "expose", "address"], pool);
      return [{ ...asked, ...(share === undefined ? {} : { share }) }];
    }),
    ...pools.flatMap(({ name, pool, keys }) =>
      (pool.reserved ?? []).map((address) =>
        reservation(address, `pool ${name}`, [...keys, "reserved"], name),
      ),
    ),
  ];
}
