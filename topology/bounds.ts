/** bounds: as many are drawn one by one; of more, the first are, and one line or box says how many follow. */
export const bounds = {
  /** names that the proxy in front serves. */
  edgeRows: 12,
  /** rules of routes; a rule with several services counts once for each. */
  routeRows: 14,
  services: 10,
  /** addresses of one pool of the load balancer that somebody answers at. */
  addresses: 8,
  hosts: 6,
  /** machines on one host; where there are more, those of each pool of workers are one box. */
  machines: 5,
} as const;

/** folded list: what is drawn, and how many are not. A list just over its bound loses two, so that no line stands for one. */
export function folded<Item>(
  items: readonly Item[],
  bound: number,
): { readonly shown: readonly Item[]; readonly more: number } {
  const shown = items.length > bound ? items.slice(0, bound - 1) : items;
  return { shown, more: items.length - shown.length };
}
