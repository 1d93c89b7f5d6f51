import fc from "fast-check";
import {
  contains,
  ipv4Number,
  isIpv4,
  overlapping,
  overlaps,
  parseNetwork,
  parseRange,
  printIpv4,
  printRange,
  sizeOf,
} from "../../config/network";

const number = fc.integer({ min: 0, max: 2 ** 32 - 1 });
/** Small enough that a naive reference may list every address. */
const small = fc
  .tuple(fc.integer({ min: 0, max: 60 }), fc.integer({ min: 0, max: 20 }))
  .map(([first, length]) => ({ first, last: first + length }));

test("an address printed and read again is the same", () => {
  fc.assert(
    fc.property(number, (address) => {
      expect(ipv4Number(printIpv4(address))).toBe(address);
    }),
  );
});

test("a network printed and read again is the same, and holds its first and last address only just", () => {
  fc.assert(
    fc.property(number, fc.integer({ min: 0, max: 32 }), (address, prefix) => {
      const network = parseNetwork(`${printIpv4(address)}/${prefix}`);
      if (network === undefined) throw new Error("a written network is a network");
      expect(parseNetwork(network.cidr)).toEqual(network);
      expect(sizeOf(network)).toBe(2 ** (32 - prefix));
      expect(contains(network, address)).toBe(true);
      expect(contains(network, network.first - 1) || contains(network, network.last + 1)).toBe(false);
    }),
  );
});

test("a range printed and read again is the same", () => {
  fc.assert(
    fc.property(small, (range) => {
      expect(parseRange(printRange(range))).toEqual(range);
    }),
  );
});

test("contains and overlaps agree with listing every address", () => {
  fc.assert(
    fc.property(small, small, (a, b) => {
      const inA = new Set(listed(a));
      expect(overlaps(a, b)).toBe(listed(b).some((address) => inA.has(address)));
      expect(contains(a, b)).toBe(listed(b).every((address) => inA.has(address)));
    }),
  );
});

test("overlapping finds the pairs that comparing all with all finds, in the list's order", () => {
  fc.assert(
    fc.property(fc.array(small, { maxLength: 12 }), (ranges) => {
      const pairs = ranges.flatMap((a, i) =>
        ranges
          .slice(i + 1)
          .filter((b) => overlaps(a, b))
          .map((b) => [a, b]),
      );
      expect(overlapping(ranges)).toEqual(pairs);
    }),
  );
});

test.each(["192.168.0", "192.168.0.256", "192.168.00.1", "1.2.3.4.5", "a.b.c.d", "", "1.2.3.4 ", "-1.2.3.4"])(
  "refuses %j as an address",
  (text) => {
    expect(isIpv4(text)).toBe(false);
  },
);

test.each(["192.168.0.0", "192.168.0.0/33", "192.168.0.0/", "192.168.0.0/08", "/24"])(
  "refuses %j as a network",
  (text) => {
    expect(parseNetwork(text)).toBeUndefined();
  },
);

function listed(range: { first: number; last: number }): number[] {
  return Array.from({ length: range.last - range.first + 1 }, (_, index) => range.first + index);
}
