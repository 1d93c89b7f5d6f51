import { listAt } from "./json";
import { kindOf } from "./manifests";
import type { Change } from "./plan";

/** addressesGivenUp by changes of one pool: ranges that no IPAddressPool of it has any more. */
export function addressesGivenUp(changes: readonly Change[]): string[] {
  const side = (at: "before" | "after"): string[] =>
    changes
      .filter((change) => kindOf(change) === "IPAddressPool")
      .flatMap((change) => listAt(change[at], "manifest", "spec", "addresses"))
      .flatMap((range) => (typeof range === "string" ? range : []));
  const kept = side("after").flatMap(boundsOf);
  return side("before")
    .flatMap(boundsOf)
    .flatMap((range) => without(range, kept))
    .map(printed);
}

type Range = readonly [first: number, last: number];

function boundsOf(text: string): Range[] {
  const [first = "", last = first] = text.replace(/\/32$/, "").split("-");
  const bounds: Range = [numberOf(first), numberOf(last)];
  return bounds.some(Number.isNaN) ? [] : [bounds];
}

function without(range: Range, others: readonly Range[]): Range[] {
  return others.reduce<Range[]>(
    (left, [first, last]) =>
      left.flatMap(([from, to]): Range[] =>
        last < from || first > to
          ? [[from, to]]
          : [[from, first - 1] as const, [last + 1, to] as const].filter(([a, b]) => a <= b),
      ),
    [range],
  );
}

function numberOf(address: string): number {
  return address.split(".").reduce((number, byte) => number * 256 + Number(byte.trim() || "x"), 0);
}

function printed([first, last]: Range): string {
  const address = (number: number): string =>
    [24, 16, 8, 0].map((bits) => Math.floor(number / 2 ** bits) % 256).join(".");
  return first === last ? address(first) : `${address(first)}-${address(last)}`;
}
