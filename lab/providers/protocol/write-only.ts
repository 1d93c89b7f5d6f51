import type { Attribute, Block } from "./schema";
import { isAttributes, isList, type Attributes, type Value } from "./value";

/** withoutWriteOnly empties what may stand in no plan and no state. */
export function withoutWriteOnly(values: Attributes, block: Block): Attributes {
  const kept = emptied(values, block.attributes ?? {});
  const nested = Object.entries(block.block_types ?? {}).map(
    ([name, { block: inner, nesting_mode }]): [string, Value] => [
      name,
      inEach(kept[name] ?? null, nesting_mode, (item) => withoutWriteOnly(item, inner)),
    ],
  );
  return { ...kept, ...Object.fromEntries(nested) };
}

function emptied(values: Attributes, attributes: Readonly<Record<string, Attribute>>): Attributes {
  const entries = Object.entries(values).map(([name, value]): [string, Value] => {
    const attribute = attributes[name];
    if (attribute?.write_only === true) return [name, null];
    const nested = attribute?.nested_type;
    if (nested === undefined) return [name, value];
    return [name, inEach(value, nested.nesting_mode, (item) => emptied(item, nested.attributes))];
  });
  return Object.fromEntries(entries);
}

function inEach(value: Value, mode: string, change: (item: Attributes) => Attributes): Value {
  if (isList(value)) return value.map((item) => (isAttributes(item) ? change(item) : item));
  if (!isAttributes(value)) return value;
  if (mode !== "map") return change(value);
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, isAttributes(item) ? change(item) : item]),
  );
}
