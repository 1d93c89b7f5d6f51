import type { DraftRule } from "./routes";

/** routeNames: each route by its first host; a name that an earlier route has is numbered. */
export function routeNames(hosts: readonly (readonly string[])[]): string[] {
  return numbered(hosts.map(([first = ""]) => first.replace(/^\*\./, "any-").replaceAll(".", "-")));
}

/** ruleNames by path and condition, in the order of the file. */
export function ruleNames(rules: readonly Omit<DraftRule, "name">[]): string[] {
  return numbered(
    rules.map(({ path, condition, keys }) => {
      const words = path.value
        .toLowerCase()
        .replace(/[^a-z0-9]+/g, "-")
        .replace(/^-+|-+$/g, "");
      const name = words === "" ? "root" : words;
      return condition === undefined ? name : `${name}-when-${Number(keys.at(-1)) + 1}`;
    }),
  );
}

/** numbered: the first of a name has it, later ones the next free number behind it. */
function numbered(names: readonly string[]): string[] {
  const taken = new Set(names);
  const used = new Set<string>();
  return names.map((name) => {
    let free = name;
    for (let number = 2; used.has(free) || (free !== name && taken.has(free)); number += 1) {
      free = `${name}-${number}`;
    }
    used.add(free);
    return free;
  });
}
