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
