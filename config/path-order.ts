import type { PathMatch } from "./model/routes";

/**
 * comparePaths of one host, the one that is tried first in front: exact before regex before prefix, longer before
 * shorter. A regex stands before prefixes because "/" takes everything.
 */
export function comparePaths(a: PathMatch, b: PathMatch): number {
  return (
    kinds.indexOf(a.kind) - kinds.indexOf(b.kind) ||
    b.value.length - a.value.length ||
    Number(a.value > b.value) - Number(a.value < b.value)
  );
}

const kinds: readonly PathMatch["kind"][] = ["exact", "regex", "prefix"];
