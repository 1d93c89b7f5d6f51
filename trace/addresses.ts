import { z } from "zod";
import type { Objects } from "./objects";
import { type Hop, lost } from "./trace";

const names = z.array(z.string()).default([]);
const pool = z.looseObject({ spec: z.looseObject({ addresses: z.array(z.string()) }) });
const advertisement = z.looseObject({
  spec: z
    .looseObject({ ipAddressPools: names, ipAddressPoolSelectors: z.array(z.unknown()).default([]) })
    .default({
      ipAddressPools: [],
      ipAddressPoolSelectors: [],
    }),
});

/** addressHops: the pool that an address is of, and what announces it. */
export function addressHops(objects: Objects, address: string, wanted: string | undefined): Hop[] {
  const holder = objects
    .all("metallb.io/IPAddressPool", pool)
    .filter(({ ref }) => wanted === undefined || ref.name === wanted)
    .find(({ value }) => value.spec.addresses.some((range) => holds(range, address)));
  if (holder === undefined)
    return lost(`no IPAddressPool${wanted === undefined ? "" : ` ${wanted}`} has ${address}`);
  const announcer = objects.all("metallb.io/L2Advertisement", advertisement).find(({ value: { spec } }) => {
    const { ipAddressPools, ipAddressPoolSelectors } = spec;
    if (ipAddressPools.length === 0) return ipAddressPoolSelectors.length === 0;
    return ipAddressPools.includes(holder.ref.name);
  });
  if (announcer === undefined)
    return lost(`no L2Advertisement announces ${address}, which IPAddressPool ${holder.ref.name} gave`);
  return [
    { at: "address", object: holder.ref, says: address },
    { at: "announcement", object: announcer.ref, says: `nodes answer ARP for ${address}` },
  ];
}

/** holds: an IPv4 address is in a range (`a-b`), a network (`a/24`) or is the address itself. */
export function holds(range: string, address: string): boolean {
  const [first = "", last = first] = range.split("-").map((end) => end.trim());
  const [base = "", prefix] = first.split("/");
  if (prefix !== undefined) {
    const size = 2 ** (32 - Number(prefix));
    return Math.floor(numberOf(base) / size) === Math.floor(numberOf(address) / size);
  }
  return numberOf(base) <= numberOf(address) && numberOf(address) <= numberOf(last);
}

function numberOf(address: string): number {
  return address.split(".").reduce((sum, byte) => sum * 256 + Number(byte), 0);
}
