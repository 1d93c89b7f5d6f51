/** Ipv4, dotted decimal, checked. */
export type Ipv4 = string & { readonly kind: "Ipv4" };

/** Ipv4Range, both ends included, as numbers. */
export interface Ipv4Range {
  readonly first: number;
  readonly last: number;
}

export interface Ipv4Network extends Ipv4Range {
  /** cidr as written: `192.168.0.0/24`. */
  readonly cidr: string;
  readonly prefix: number;
}

export function isIpv4(text: string): text is Ipv4 {
  const octets = text.split(".");
  return (
    octets.length === 4 && octets.every((octet) => /^(0|[1-9]\d{0,2})$/.test(octet) && Number(octet) <= 255)
  );
}

export function ipv4Number(address: Ipv4): number {
  return address.split(".").reduce((sum, octet) => sum * 256 + Number(octet), 0);
}

export function printIpv4(address: number): Ipv4 {
  const text = [24, 16, 8, 0].map((bits) => Math.floor(address / 2 ** bits) % 256).join(".");
  if (!Number.isInteger(address) || address < 0 || address >= 2 ** 32 || !isIpv4(text)) {
    throw new Error(`${address} is not an IPv4 address`);
  }
  return text;
}

/** parseNetwork reads `a.b.c.d/n`; bits of the host part that are set are cleared, so compare `cidr` with the text. */
export function parseNetwork(text: string): Ipv4Network | undefined {
  const match = /^([\d.]+)\/(0|[1-9]\d?)$/.exec(text);
  const address = match?.[1] ?? "";
  const prefix = Number(match?.[2]);
  if (!isIpv4(address) || !(prefix <= 32)) return undefined;
  const size = 2 ** (32 - prefix);
  const first = Math.floor(ipv4Number(address) / size) * size;
  return { cidr: `${printIpv4(first)}/${prefix}`, prefix, first, last: first + size - 1 };
}

/** parseRange reads `a.b.c.d-e.f.g.h` or a single address. */
export function parseRange(text: string): Ipv4Range | undefined {
  const [first = "", last = first, ...rest] = text.split("-").map((end) => end.trim());
  if (!isIpv4(first) || !isIpv4(last) || rest.length > 0) return undefined;
  const range = { first: ipv4Number(first), last: ipv4Number(last) };
  return range.first <= range.last ? range : undefined;
}

export function printRange(range: Ipv4Range): string {
  return range.first === range.last
    ? printIpv4(range.first)
    : `${printIpv4(range.first)}-${printIpv4(range.last)}`;
}

export function contains(outer: Ipv4Range, inner: number | Ipv4Range): boolean {
  const { first, last } = typeof inner === "number" ? { first: inner, last: inner } : inner;
  return outer.first <= first && last <= outer.last;
}

export function overlaps(a: Ipv4Range, b: Ipv4Range): boolean {
  return a.first <= b.last && b.first <= a.last;
}

export function sizeOf(range: Ipv4Range): number {
  return range.last - range.first + 1;
}

/** overlapping pairs of a list, each pair once, in the list's order. */
export function overlapping<T extends Ipv4Range>(ranges: readonly T[]): [T, T][] {
  const byFirst = ranges
    .map((range, position) => ({ range, position }))
    .sort((a, b) => a.range.first - b.range.first);
  const pairs: { a: number; b: number; pair: [T, T] }[] = [];
  let open: typeof byFirst = [];
  for (const next of byFirst) {
    open = open.filter(({ range }) => range.last >= next.range.first);
    for (const other of open) {
      const [one, two] = other.position < next.position ? [other, next] : [next, other];
      pairs.push({ a: one.position, b: two.position, pair: [one.range, two.range] });
    }
    open.push(next);
  }
  return pairs.sort((x, y) => x.a - y.a || x.b - y.b).map(({ pair }) => pair);
}
