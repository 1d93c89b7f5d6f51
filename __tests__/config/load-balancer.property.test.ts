import fc from "fast-check";
import type { AddressPool } from "../../config/model/load-balancer";
import { ipv4Number, printRange } from "../../config/network";
import type { Ipv4Range } from "../../config/network";
import { resolve } from "../../config/resolve";
import { home } from "../clusters/home";

const first = (192 * 256 + 168) * 65_536 + 128;

/** Ranges side by side without touching, in the upper half of the node network; the ingress has one of their addresses. */
const pools = fc
  .array(fc.tuple(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 1, max: 9 })), {
    minLength: 1,
    maxLength: 5,
  })
  .map((sizes) => {
    let next = first;
    return sizes.map(([gap, size]): Ipv4Range => {
      const range = { first: next + gap, last: next + gap + size - 1 };
      next = range.last + 1;
      return range;
    });
  });

const asked = pools.chain((ranges) => {
  const all = ranges.flatMap(listed);
  return fc.tuple(fc.constant(ranges), fc.constantFrom(...all), fc.subarray(all), fc.subarray(all));
});

test("what a pool gives out and what it keeps are together what the file says, and nothing twice", () => {
  fc.assert(
    fc.property(asked, ([ranges, ingress, reserved, services]) => {
      const free = services.filter((address) => address !== ingress && !reserved.includes(address));
      const pool = resolvedPool(
        ranges,
        ingress,
        reserved.filter((address) => address !== ingress),
        free,
      );
      const given = pool.addresses.flatMap(listed);
      const kept = pool.reserved.map(ipv4Number);
      expect([...given, ...kept].sort((a, b) => a - b)).toEqual(ranges.flatMap(listed));
      expect(new Set(kept)).toEqual(new Set([ingress, ...reserved, ...free]));
      expect(kept).toEqual([...kept].sort((a, b) => a - b));
    }),
  );
});

function resolvedPool(
  ranges: readonly Ipv4Range[],
  ingress: number,
  reserved: readonly number[],
  services: readonly number[],
): AddressPool {
  const { model } = resolve([
    {
      ...home,
      loadBalancer: {
        pools: { public: { addresses: ranges.map(printRange), reserved: reserved.map(address) } },
      },
      ingress: { controller: "traefik", address: address(ingress) },
      services: Object.fromEntries(
        services.map((one, index) => [
          `service-${index}`,
          { image: "one:1", port: 8080, expose: { type: "LoadBalancer", address: address(one) } },
        ]),
      ),
    },
  ]);
  const pool = model.clusters[0]?.loadBalancer.pools[0];
  if (pool === undefined) throw new Error("the file has one pool");
  return pool;
}

function address(number: number): string {
  return printRange({ first: number, last: number });
}

function listed(range: Ipv4Range): number[] {
  return Array.from({ length: range.last - range.first + 1 }, (_, index) => range.first + index);
}
