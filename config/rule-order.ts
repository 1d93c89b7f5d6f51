import type { Condition, PathMatch } from "./model/routes";

interface Matched {
  readonly path: PathMatch;
  readonly condition?: Condition;
}

/**
 * compareRules of one host, the one that is tried first in front: exact paths before regexes before prefixes, longer
 * before shorter, conditions before their path. Regexes stand before prefixes because "/" takes everything.
 */
export function compareRules(a: Matched, b: Matched): number {
  return (
    kinds.indexOf(a.path.kind) - kinds.indexOf(b.path.kind) ||
    b.path.value.length - a.path.value.length ||
    Number(a.path.value > b.path.value) - Number(a.path.value < b.path.value) ||
    Number(a.condition === undefined) - Number(b.condition === undefined)
  );
}

const kinds: readonly PathMatch["kind"][] = ["exact", "regex", "prefix"];
