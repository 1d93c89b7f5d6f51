import { isIPv4 } from "node:net";

/** ClusterRanges are the addresses and ports that a cluster gives away. */
export interface ClusterRanges {
  readonly clusterCidr: string;
  readonly serviceCidr: string;
  readonly nodePortRange: readonly [number, number];
}

export interface AddressRange {
  readonly first: number;
  readonly last: number;
}

/** rangeOf reads `10.43.0.0/16`, `10.0.0.1-10.0.0.9` or one address; undefined = it is none of these. */
export function rangeOf(text: string): AddressRange | undefined {
  const [from = "", to] = text.split("-").map((part) => part.trim());
  if (to !== undefined)
    return isIPv4(from) && isIPv4(to) ? { first: numberOf(from), last: numberOf(to) } : undefined;
  const [base = "", bits = "32"] = from.split("/");
  const size = 2 ** (32 - Number(bits));
  if (!isIPv4(base) || !Number.isInteger(size) || size < 1) return undefined;
  const first = Math.floor(numberOf(base) / size) * size;
  return { first, last: first + size - 1 };
}

export function numberOf(address: string): number {
  return address.split(".").reduce((sum, part) => sum * 256 + Number(part), 0);
}

export function addressOf(number: number): string {
  return [24, 16, 8, 0].map((shift) => Math.floor(number / 2 ** shift) % 256).join(".");
}

export function contains(range: AddressRange, address: string): boolean {
  return isIPv4(address) && numberOf(address) >= range.first && numberOf(address) <= range.last;
}

/**
 * dynamicFirst of a range: the API server gives addresses and ports from above a band at the start, which is for
 * those that somebody chose (KEP-3070, KEP-3668).
 */
export function dynamicFirst(first: number, last: number, divisor: 16 | 32, most: 256 | 128): number {
  const size = last - first + 1;
  return first + Math.min(Math.max(16, Math.floor(size / divisor)), most);
}
