import { decodeValue, encodeValue } from "./codec";
import type { ValueMessage } from "./messages";
import { blockType, type Block, type Schema } from "./schema";
import type { CtyType } from "./type";
import { isAttributes, type Attributes } from "./value";
import { withoutWriteOnly } from "./write-only";

/** Described is a resource or data source with what the schema says of it. */
export interface Described<Behaviour> {
  readonly name: string;
  readonly behaviour: Behaviour;
  readonly version: number;
  readonly block: Block;
  readonly type: CtyType;
}

/** describedBy finds what behaves as the schemas say; a name that they lack is a mistake of the program that asks. */
export function describedBy<Behaviour>(
  source: string,
  schemas: Readonly<Record<string, Schema>>,
  behaviours: Readonly<Record<string, Behaviour>>,
): (name: string) => Described<Behaviour> {
  const known = new Map(
    Object.entries(schemas).map(([name, { version, block }]) => {
      const behaviour = behaviours[name];
      if (behaviour === undefined) throw new Error(`Nothing stands in for ${name} of ${source}.`);
      return [name, { name, behaviour, version, block, type: blockType(block) }];
    }),
  );
  return (name) => {
    const described = known.get(name);
    if (described === undefined) throw new Error(`${source} was asked for ${name}, which its schema lacks.`);
    return described;
  };
}

/** message of a state; undefined = there is none. */
export function message(kind: Described<unknown>, state: Attributes | undefined): ValueMessage {
  const kept = state === undefined ? null : withoutWriteOnly(state, kind.block);
  return { msgpack: encodeValue(kept, kind.type) };
}

export function decoded(kind: Described<unknown>, value: ValueMessage): Attributes | undefined {
  const attributes = decodeValue(value.msgpack, kind.type);
  if (attributes === null) return undefined;
  if (!isAttributes(attributes)) throw new Error(`A ${kind.name} as a whole came as ${typeof attributes}.`);
  return attributes;
}

export function present(kind: Described<unknown>, value: ValueMessage): Attributes {
  const attributes = decoded(kind, value);
  if (attributes === undefined) throw new Error(`A ${kind.name} came without any value.`);
  return attributes;
}
