import type { AttributePath, Problem } from "./problem";
import type { AttributePlan, Resource } from "./resource";
import type { Attribute, Block, NestedType } from "./schema";
import { isAttributes, isList, UNKNOWN, type Attributes, type Value } from "./value";

/** checkConfig runs the checks of single attributes, then the resource's own. */
export function checkConfig(resource: Resource, block: Block, config: Attributes): readonly Problem[] {
  return [
    ...checkAttributes(config, block.attributes ?? {}, resource.attributes, []),
    ...(resource.validate?.(config) ?? []),
  ];
}

function checkAttributes(
  config: Attributes,
  schemas: Readonly<Record<string, Attribute>>,
  plans: Readonly<Record<string, AttributePlan>>,
  path: AttributePath,
): readonly Problem[] {
  return Object.entries(plans).flatMap(([name, { checks = [], nested = {} }]) => {
    const value = config[name] ?? null;
    if (value === null || value === UNKNOWN) return [];
    const here = [...path, name];
    const type = schemas[name]?.nested_type;
    const within =
      type === undefined
        ? []
        : objectsOf(value, type.nesting_mode, here).flatMap(([item, itsPath]) =>
            checkAttributes(item, type.attributes, nested, itsPath),
          );
    return [...checks.flatMap((check) => check(value, here)), ...within];
  });
}

function objectsOf(
  value: Value,
  mode: NestedType["nesting_mode"],
  path: AttributePath,
): readonly (readonly [Attributes, AttributePath])[] {
  const items: readonly (readonly [Value, AttributePath])[] = isList(value)
    ? value.map((item, index) => [item, [...path, mode === "list" ? index : { element: item }]])
    : isAttributes(value) && mode === "map"
      ? Object.entries(value).map(([key, item]) => [item, [...path, { key }]])
      : [[value, path]];
  return items.flatMap(([item, itsPath]) => (isAttributes(item) ? [[item, itsPath]] : []));
}
