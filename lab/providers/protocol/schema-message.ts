import { attributeType, type Attribute, type Block, type NestedBlock, type Schema } from "./schema";

/** SchemaMessage is a schema as it travels. */
export interface SchemaMessage {
  readonly version: number;
  readonly block: BlockMessage;
}

export function schemaMessage(schema: Schema): SchemaMessage {
  return { version: schema.version, block: blockMessage(schema.block, schema.version) };
}

interface BlockMessage {
  readonly version: number;
  readonly attributes: readonly AttributeMessage[];
  readonly block_types: readonly NestedBlockMessage[];
  readonly deprecated: boolean;
}

interface AttributeMessage {
  readonly name: string;
  readonly type?: Buffer;
  readonly nested_type?: { readonly attributes: readonly AttributeMessage[]; readonly nesting: string };
  readonly required: boolean;
  readonly optional: boolean;
  readonly computed: boolean;
  readonly sensitive: boolean;
  readonly deprecated: boolean;
  readonly write_only: boolean;
}

interface NestedBlockMessage {
  readonly type_name: string;
  readonly block: BlockMessage;
  readonly nesting: string;
  readonly min_items: number;
  readonly max_items: number;
}

function blockMessage(block: Block, version: number): BlockMessage {
  return {
    version,
    attributes: Object.entries(block.attributes ?? {}).map(attributeMessage),
    block_types: Object.entries(block.block_types ?? {}).map(nestedBlockMessage),
    deprecated: block.deprecated ?? false,
  };
}

function attributeMessage([name, attribute]: readonly [string, Attribute]): AttributeMessage {
  const nested = attribute.nested_type;
  return {
    name,
    ...(nested === undefined
      ? { type: Buffer.from(JSON.stringify(attributeType(attribute))) }
      : {
          nested_type: {
            attributes: Object.entries(nested.attributes).map(attributeMessage),
            nesting: nested.nesting_mode.toUpperCase(),
          },
        }),
    required: attribute.required ?? false,
    optional: attribute.optional ?? false,
    computed: attribute.computed ?? false,
    sensitive: attribute.sensitive ?? false,
    deprecated: attribute.deprecated ?? false,
    write_only: attribute.write_only ?? false,
  };
}

function nestedBlockMessage([type_name, nested]: readonly [string, NestedBlock]): NestedBlockMessage {
  return {
    type_name,
    block: blockMessage(nested.block, 0),
    nesting: nested.nesting_mode.toUpperCase(),
    min_items: nested.min_items ?? 0,
    max_items: nested.max_items ?? 0,
  };
}
