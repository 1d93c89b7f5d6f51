import { eachNested } from "./nested";
import type { AttributePath } from "./problem";
import type { AttributePlan, Change, Planned, Resource } from "./resource";
import type { Attribute, Block } from "./schema";
import { sameValue, UNKNOWN, type Attributes, type Value } from "./value";
import { withoutWriteOnly } from "./write-only";

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
  const attributes = block.attributes ?? {};
  const filled = withDefaults(
    withoutWriteOnly(change.planned, block),
    config,
    attributes,
    resource.attributes,
  );
  const planned =
    prior !== undefined && sameValue(filled, prior)
      ? filled
      : withUnknowns(filled, config, attributes, resource.attributes, prior);
  const result = (await resource.plan?.({ prior, config, planned }, connection)) ?? { planned, replaces: [] };
  const replaces: AttributePath[] = [...result.replaces];
  if (prior !== undefined) {
    for (const [name, { replaces: rule }] of Object.entries(resource.attributes)) {
      const before = prior[name] ?? null;
      const after = result.planned[name] ?? null;
      if (rule === undefined || sameValue(before, after)) continue;
      if (rule === true || rule(before, after)) replaces.push([name]);
    }
  }
  return { planned: result.planned, replaces };
}

type Schemas = Readonly<Record<string, Attribute>>;
type Plans = Readonly<Record<string, AttributePlan>>;

/** withDefaults puts a default wherever the configuration is silent and there is one. */
function withDefaults(planned: Attributes, config: Attributes, schemas: Schemas, plans: Plans): Attributes {
  const changed = Object.entries(plans).flatMap(
    ([name, { default: value, nested = {} }]): [string, Value][] => {
      const given = config[name] ?? null;
      if (given === null) return value === undefined ? [] : [[name, value]];
      const type = schemas[name]?.nested_type;
      if (type === undefined) return [];
      const filled = eachNested(planned[name] ?? null, given, type.nesting_mode, (item, itsConfig) =>
        withDefaults(item, itsConfig, type.attributes, nested),
      );
      return [[name, filled]];
    },
  );
  return { ...planned, ...Object.fromEntries(changed) };
}

/** withUnknowns: what the provider computes and nobody configured is told by the apply, unless it keeps its value. */
function withUnknowns(
  planned: Attributes,
  config: Attributes,
  schemas: Schemas,
  plans: Plans,
  prior: Attributes | undefined,
): Attributes {
  const changed = Object.entries(schemas).flatMap(([name, attribute]): [string, Value][] => {
    const own = plans[name];
    const given = config[name] ?? null;
    const type = attribute.nested_type;
    if (given !== null && type !== undefined) {
      const filled = eachNested(planned[name] ?? null, given, type.nesting_mode, (item, itsConfig) =>
        withUnknowns(item, itsConfig, type.attributes, own?.nested ?? {}, undefined),
      );
      return [[name, filled]];
    }
    if (attribute.computed !== true || given !== null || own?.default !== undefined) return [];
    return [[name, own?.keeps === true && prior !== undefined ? (prior[name] ?? null) : UNKNOWN]];
  });
  return { ...planned, ...Object.fromEntries(changed) };
}
