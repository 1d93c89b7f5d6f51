import type { Cluster } from "../../config/model";
import type { AddressPool } from "../../config/model/load-balancer";
import { type Ipv4, type Ipv4Range, ipv4Number, printRange } from "../../config/network";
import { bounds, folded } from "../bounds";
import type { Box, End } from "../picture";
import { type Answering, answeringOf } from "./answering";
import type { Piece } from "./piece";
import type { ServiceAt } from "./services";

/** EntranceAt finds the row of an address of the load balancer. */
export type EntranceAt = (address: Ipv4) => End | undefined;

/** poolsPiece: MetalLB's pools, and in each the addresses that somebody answers at. */
export function poolsPiece(
  cluster: Cluster,
  ingressAt: End | undefined,
  serviceAt: ServiceAt,
): Piece & { readonly at: EntranceAt } {
  const answering = answeringOf(cluster, ingressAt, serviceAt);
  const drawn = cluster.loadBalancer.pools.map((pool) => ({
    pool,
    entrances: entrancesOf(answering.filter(({ pool: name }) => name === pool.name)),
  }));
  const ends = drawn.flatMap(({ pool, entrances }) =>
    entrances.map(({ address, row }) => ({ address, end: { box: idOf(pool), row } })),
  );
  return {
    boxes: drawn.map(({ pool, entrances }) => boxOf(pool, entrances)),
    arrows: drawn.flatMap(({ pool, entrances }) =>
      entrances.flatMap(({ row, those }) => those.map(({ to }) => ({ from: { box: idOf(pool), row }, to }))),
    ),
    at: (address) => ends.find((each) => each.address === address)?.end,
  };
}

/** Entrance is an address with all who share it. */
interface Entrance {
  readonly address: Ipv4 | undefined;
  readonly those: readonly Answering[];
  readonly row: string;
}

function entrancesOf(answering: readonly Answering[]): Entrance[] {
  const addresses = [...new Set(answering.map(({ address }) => address))];
  const { shown } = folded(addresses, bounds.addresses);
  return addresses.map((address, index) => ({
    address,
    those: answering.filter((each) => each.address === address),
    row: index < shown.length ? `address-${index}` : moreRow,
  }));
}

const moreRow = "more";

function boxOf(pool: AddressPool, entrances: readonly Entrance[]): Box {
  const more = entrances.filter(({ row }) => row === moreRow).length;
  return {
    id: idOf(pool),
    kind: "pool",
    title: pool.name === "default" ? "MetalLB" : `MetalLB pool ${pool.name}`,
    lines: rangeLines(pool),
    rows: [
      ...entrances
        .filter(({ row }) => row !== moreRow)
        .map(({ row, address, those }) => ({
          id: row,
          text: address ?? "any address",
          note: those.map(({ name }) => name).join(", "),
        })),
      ...(more === 0 ? [] : [{ id: moreRow, text: `and ${more} more`, note: "" }]),
    ],
  };
}

function idOf({ name }: AddressPool): string {
  return `pool-${name}`;
}

/** rangeLines of a pool as the file has them, of many the first. */
function rangeLines({ addresses, reserved }: AddressPool): string[] {
  const ranges = joined([
    ...addresses,
    ...reserved.map(ipv4Number).map((address) => ({ first: address, last: address })),
  ]);
  const { shown, more } = folded(ranges, 2);
  return [...shown.map(printRange), ...(more === 0 ? [] : [`and ${more} more ranges`])];
}

/** joined ranges, those that touch made one. */
function joined(ranges: readonly Ipv4Range[]): Ipv4Range[] {
  const whole: Ipv4Range[] = [];
  for (const range of ranges.toSorted((a, b) => a.first - b.first)) {
    const before = whole.at(-1);
    if (before !== undefined && range.first === before.last + 1)
      whole.splice(-1, 1, { first: before.first, last: range.last });
    else whole.push({ first: range.first, last: range.last });
  }
  return whole;
}
