import type { KubernetesObjectLike } from "../../contract";
import { at, listAt, recordAt, textAt, textsAt } from "../../json";
import { matchesSelector } from "../../store/selector";
import { contains, rangeOf } from "../../store/cluster-ranges";

/** Announcements is all by which MetalLB's speakers decide who answers for an address. */
export interface Announcements {
  readonly pools: readonly KubernetesObjectLike[];
  readonly advertisements: readonly KubernetesObjectLike[];
  readonly nodes: readonly KubernetesObjectLike[];
  /** speakers, the nodes on which one runs. */
  readonly speakers: ReadonlySet<string>;
}

/**
 * announcingNode stands in for MetalLB's speakers in layer 2: the one node that answers for an address, among those
 * that `mayServe`; undefined = nobody announces it. The real ones choose by a hash, the lab takes the first by name.
 * @see https://metallb.io/configuration/_advanced_l2_configuration/
 */
export function announcingNode(
  address: string,
  { pools, advertisements, nodes, speakers }: Announcements,
  mayServe: (node: string) => boolean,
): string | undefined {
  const pool = pools.find((candidate) =>
    textsAt(candidate, "spec", "addresses").some((text) => {
      const range = rangeOf(text);
      return range !== undefined && contains(range, address);
    }),
  );
  if (pool === undefined) return undefined;
  const own = advertisements.filter((advertisement) => advertises(advertisement, pool));
  return nodes
    .filter((node) => isReady(node) && !isExcluded(node) && own.some((one) => reaches(one, node)))
    .map((node) => node.metadata.name)
    .filter((name) => speakers.has(name) && mayServe(name))
    .sort()
    .at(0);
}

export function isReady(object: KubernetesObjectLike): boolean {
  return listAt(object, "status", "conditions").some(
    (condition) => textAt(condition, "type") === "Ready" && textAt(condition, "status") === "True",
  );
}

function advertises(advertisement: KubernetesObjectLike, pool: KubernetesObjectLike): boolean {
  if (advertisement.metadata.namespace !== pool.metadata.namespace) return false;
  const names = textsAt(advertisement, "spec", "ipAddressPools");
  const selectors = listAt(advertisement, "spec", "ipAddressPoolSelectors");
  if (names.length === 0 && selectors.length === 0) return true;
  const labels = recordAt(pool, "metadata", "labels");
  return (
    names.includes(pool.metadata.name) || selectors.some((selector) => matchesSelector(selector, labels))
  );
}

function reaches(advertisement: KubernetesObjectLike, node: KubernetesObjectLike): boolean {
  const selectors = listAt(advertisement, "spec", "nodeSelectors");
  const labels = recordAt(node, "metadata", "labels");
  return selectors.length === 0 || selectors.some((selector) => matchesSelector(selector, labels));
}

function isExcluded(node: KubernetesObjectLike): boolean {
  return (
    at(node, "metadata", "labels", "node.kubernetes.io/exclude-from-external-load-balancers") !== undefined
  );
}
