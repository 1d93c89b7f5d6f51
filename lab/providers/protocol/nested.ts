import type { NestedType } from "./schema";
import { isAttributes, isList, sameValue, type Attributes, type Value } from "./value";

/**
 * eachNested changes every object within a nested attribute, told what the configuration says of it. An element of a
 * set is known by what the configuration gives of it.
 */
export function eachNested(
  planned: Value,
  config: Value,
  mode: NestedType["nesting_mode"],
  change: (planned: Attributes, config: Attributes) => Attributes,
): Value {
  const changed = (item: Value, itsConfig: Value): Value =>
    isAttributes(item) && isAttributes(itsConfig) ? change(item, itsConfig) : item;
  if (mode === "single") return changed(planned, config);
  if (mode === "map") {
    if (!isAttributes(planned) || !isAttributes(config)) return planned;
    return Object.fromEntries(
      Object.entries(planned).map(([key, item]) => [key, changed(item, config[key] ?? null)]),
    );
  }
  if (!isList(planned) || !isList(config)) return planned;
  return planned.map((item, index) =>
    changed(item, (mode === "list" ? config[index] : config.find((each) => isOf(item, each))) ?? null),
  );
}

function isOf(item: Value, config: Value): boolean {
  if (!isAttributes(item) || !isAttributes(config)) return false;
  return Object.entries(config).every(
    ([name, given]) => given === null || sameValue(given, item[name] ?? null),
  );
}
