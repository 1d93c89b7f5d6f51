import { z } from "zod";
import { ctyType, type CtyType, type ObjectTypes } from "./type";

/** ProviderSchema is one provider of `terraform providers schema -json`, as far as a stand-in serves it. */
export interface ProviderSchema {
  readonly provider: Schema;
  readonly resource_schemas: Readonly<Record<string, Schema>>;
  readonly data_source_schemas: Readonly<Record<string, Schema>>;
}

export interface Schema {
  readonly version: number;
  readonly block: Block;
}

export interface Block {
  readonly attributes?: Readonly<Record<string, Attribute>> | undefined;
  readonly block_types?: Readonly<Record<string, NestedBlock>> | undefined;
  readonly deprecated?: boolean | undefined;
}

export interface Attribute {
  readonly type?: CtyType | undefined;
  readonly nested_type?: NestedType | undefined;
  readonly required?: boolean | undefined;
  readonly optional?: boolean | undefined;
  readonly computed?: boolean | undefined;
  readonly sensitive?: boolean | undefined;
  readonly deprecated?: boolean | undefined;
  readonly write_only?: boolean | undefined;
}

export interface NestedType {
  readonly nesting_mode: "single" | "list" | "set" | "map";
  readonly attributes: Readonly<Record<string, Attribute>>;
}

export interface NestedBlock {
  readonly nesting_mode: "single" | "group" | "list" | "set" | "map";
  readonly block: Block;
  readonly min_items?: number | undefined;
  readonly max_items?: number | undefined;
}

/** readSchema takes the provider's schema out of an excerpt. */
export function readSchema(excerpt: unknown, source: string): ProviderSchema {
  const schema = document.parse(excerpt).provider_schemas[source];
  if (schema === undefined) throw new Error(`The schema excerpt says nothing about ${source}.`);
  return schema;
}

/** blockType is the type of a value that follows the block. */
export function blockType(block: Block): CtyType {
  const types: Record<string, CtyType> = { ...attributeTypes(block.attributes ?? {}) };
  for (const [name, nested] of Object.entries(block.block_types ?? {})) {
    types[name] = collection(nested.nesting_mode, blockType(nested.block));
  }
  return ["object", types];
}

export function attributeType(attribute: Attribute): CtyType {
  if (attribute.nested_type !== undefined) {
    const { nesting_mode, attributes } = attribute.nested_type;
    return collection(nesting_mode, ["object", attributeTypes(attributes)]);
  }
  if (attribute.type === undefined) throw new Error("A schema attribute has neither type nor nested_type.");
  return attribute.type;
}

function attributeTypes(attributes: Readonly<Record<string, Attribute>>): ObjectTypes {
  return Object.fromEntries(Object.entries(attributes).map(([name, each]) => [name, attributeType(each)]));
}

function collection(mode: NestedBlock["nesting_mode"], item: CtyType): CtyType {
  return mode === "single" || mode === "group" ? item : [mode, item];
}

const attribute: z.ZodType<Attribute> = z.lazy(() =>
  z.object({
    type: ctyType.optional(),
    nested_type: z
      .object({
        nesting_mode: z.enum(["single", "list", "set", "map"]),
        attributes: z.record(z.string(), attribute),
      })
      .optional(),
    required: z.boolean().optional(),
    optional: z.boolean().optional(),
    computed: z.boolean().optional(),
    sensitive: z.boolean().optional(),
    deprecated: z.boolean().optional(),
    write_only: z.boolean().optional(),
  }),
);

const block: z.ZodType<Block> = z.lazy(() =>
  z.object({
    attributes: z.record(z.string(), attribute).optional(),
    block_types: z
      .record(
        z.string(),
        z.object({
          nesting_mode: z.enum(["single", "group", "list", "set", "map"]),
          block,
          min_items: z.number().optional(),
          max_items: z.number().optional(),
        }),
      )
      .optional(),
    deprecated: z.boolean().optional(),
  }),
);

const schema = z.object({ version: z.number(), block });

const document = z.object({
  provider_schemas: z.record(
    z.string(),
    z.object({
      provider: schema,
      resource_schemas: z.record(z.string(), schema),
      data_source_schemas: z.record(z.string(), schema).default({}),
    }),
  ),
});
