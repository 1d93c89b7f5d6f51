import type { KubernetesObjectLike } from "../../contract";
import { at, isObject, listAt, numberAt, textsAt } from "../../json";
import { type AddressRange, addressOf, contains, rangeOf } from "../../store/cluster-ranges";
import { matchesSelector } from "../../store/selector";

/** Pool is an IPAddressPool as MetalLB reads it. */
export interface Pool {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly ranges: readonly AddressRange[];
  readonly autoAssign: boolean;
  readonly avoidsBuggy: boolean;
  /** priority of a pool that is kept for some Services; the smallest is asked first. */
  readonly priority: number;
  /** serves a Service; a pool without serviceAllocation serves every one. */
  serves(service: KubernetesObjectLike, namespaceLabels: Readonly<Record<string, string>>): boolean;
}

export function poolOf(pool: KubernetesObjectLike): Pool {
  const allocation = at(pool, "spec", "serviceAllocation");
  const priority = numberAt(allocation, "priority") ?? 0;
  return {
    name: pool.metadata.name,
    labels: pool.metadata.labels ?? {},
    ranges: textsAt(pool, "spec", "addresses").flatMap((text) => rangeOf(text) ?? []),
    autoAssign: at(pool, "spec", "autoAssign") !== false,
    avoidsBuggy: at(pool, "spec", "avoidBuggyIPs") === true,
    priority: isObject(allocation) && priority > 0 ? priority : Number.MAX_SAFE_INTEGER,
    serves(service, namespaceLabels) {
      if (!isObject(allocation)) return true;
      const { namespace = "", labels = {} } = service.metadata;
      const namespaces = textsAt(allocation, "namespaces");
      const selectors = listAt(allocation, "namespaceSelectors");
      const services = listAt(allocation, "serviceSelectors");
      const anyNamespace = namespaces.length === 0 && selectors.length === 0;
      const inNamespace =
        namespaces.includes(namespace) ||
        selectors.some((selector) => matchesSelector(selector, namespaceLabels));
      const isChosen =
        services.length === 0 || services.some((selector) => matchesSelector(selector, labels));
      return (anyNamespace || inNamespace) && isChosen;
    },
  };
}

/** holds: address is one that the pool may give away. */
export function holds(pool: Pool, address: string): boolean {
  const isBuggy = pool.avoidsBuggy && /\.(0|255)$/.test(address);
  return !isBuggy && pool.ranges.some((range) => contains(range, address));
}

/** addresses of a pool, in their order. */
export function* addresses(pool: Pool): Generator<string> {
  for (const { first, last } of pool.ranges)
    for (let number = first; number <= last; number++)
      if (holds(pool, addressOf(number))) yield addressOf(number);
}

/** poolProblem is what MetalLB's webhook says of a pool beside the others; undefined = it takes it. */
export function poolProblem(
  pool: KubernetesObjectLike,
  others: readonly KubernetesObjectLike[],
): string | undefined {
  const texts = textsAt(pool, "spec", "addresses");
  const odd = texts.find((text) => rangeOf(text) === undefined);
  if (odd !== undefined)
    return `parsing address pool ${pool.metadata.name}: invalid CIDR "${odd}" in pool "${pool.metadata.name}": invalid CIDR address: ${odd}`;
  for (const other of others)
    for (const theirs of textsAt(other, "spec", "addresses"))
      for (const ours of texts)
        if (overlap(rangeOf(ours), rangeOf(theirs)))
          return `CIDR "${ours}" in pool "${pool.metadata.name}" overlaps with already defined CIDR "${theirs}"`;
  return undefined;
}

function overlap(one: AddressRange | undefined, other: AddressRange | undefined): boolean {
  return one !== undefined && other !== undefined && one.first <= other.last && other.first <= one.last;
}
