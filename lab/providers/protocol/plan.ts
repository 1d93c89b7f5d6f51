import type { AttributePath, Problem } from "./problem";
import type { Change, Planned, Resource } from "./resource";
import type { Attribute, Block } from "./schema";
import { isAttributes, isList, sameValue, UNKNOWN, type Attributes, type Value } from "./value";

/**
 * planChange plans as the providers' own library does: defaults first; if anything then differs from the prior
 * state, what the provider computes becomes unknown or keeps its value; the resource has the last word.
 */
export async function planChange<Connection>(
  resource: Resource<Connection>,
  block: Block,
  change: Change,
  connection: Connection,
): Promise<Planned> {
  const { prior, config } = change;
  const behaviour = Object.entries(resource.attributes);
  const planned: Record<string, Value> = { ...withoutWriteOnly(change.planned, block) };
  for (const [name, { default: value }] of behaviour) {
    if (value !== undefined && config[name] === null) planned[name] = value;
  }
  if (prior === undefined || !sameValue(planned, prior)) {
    for (const [name, attribute] of Object.entries(block.attributes ?? {})) {
      const own = resource.attributes[name];
      if (attribute.computed !== true || config[name] !== null || own?.default !== undefined) continue;
      planned[name] = own?.keeps === true && prior !== undefined ? (prior[name] ?? null) : UNKNOWN;
    }
  }
  const result = (await resource.plan?.({ prior, config, planned }, connection)) ?? { planned, replaces: [] };
  const replaces: AttributePath[] = [...result.replaces];
  if (prior !== undefined) {
    for (const [name, { replaces: rule }] of behaviour) {
      const before = prior[name] ?? null;
      const after = result.planned[name] ?? null;
      if (rule === undefined || sameValue(before, after)) continue;
      if (rule === true || rule(before, after)) replaces.push([name]);
    }
  }
  return { planned: result.planned, replaces };
}

/** checkConfig runs the checks of single attributes, then the resource's own. */
export function checkConfig(resource: Resource, config: Attributes): readonly Problem[] {
  const single = Object.entries(resource.attributes).flatMap(([name, { checks = [] }]) => {
    const value = config[name] ?? null;
    return value === null || value === UNKNOWN ? [] : checks.flatMap((check) => check(value, [name]));
  });
  return [...single, ...(resource.validate?.(config) ?? [])];
}

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
