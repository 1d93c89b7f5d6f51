import { segmentsOf } from "../api/router";
import { type ParameterSchema, checkValue } from "./parameter";

/** SchemaNode is one path of Proxmox's published API description (api-viewer/apidata.js as plain JSON). */
export interface SchemaNode {
  readonly path: string;
  readonly children?: readonly SchemaNode[];
  readonly info?: Readonly<Record<string, SchemaMethod>>;
}

export interface SchemaMethod {
  readonly parameters?: {
    readonly additionalProperties?: unknown;
    readonly properties?: Readonly<Record<string, ParameterSchema>>;
  };
}

export type Verdict =
  | { readonly kind: "unknown"; readonly what: "path" | "method" }
  | { readonly kind: "checked"; readonly errors: Readonly<Record<string, string>> };

/** ApiSchema checks requests against the published description. */
export class ApiSchema {
  constructor(private readonly roots: readonly SchemaNode[]) {}

  static parse(text: string): ApiSchema {
    const tree: unknown = JSON.parse(text);
    if (!isTree(tree)) throw new Error("not Proxmox's API description: a list of paths was expected");
    return new ApiSchema(tree);
  }

  /** check takes the path undecoded; a trailing slash does not matter. */
  check(method: string, path: string, given: ReadonlyMap<string, string>): Verdict {
    const found = find(this.roots, segmentsOf(path));
    if (!found) return { kind: "unknown", what: "path" };
    const description = found.node.info?.[method];
    if (!description) return { kind: "unknown", what: "method" };
    const values = new Map([...given, ...found.parameters]);
    return { kind: "checked", errors: checkParameters(description, values) };
  }
}

const isTree = (value: unknown): value is readonly SchemaNode[] =>
  Array.isArray(value) && value.every((node) => typeof node === "object" && node !== null && "path" in node);

function checkParameters(
  { parameters }: SchemaMethod,
  values: ReadonlyMap<string, string>,
): Record<string, string> {
  const properties = parameters?.properties ?? {};
  const closed = parameters?.additionalProperties === 0 || parameters?.additionalProperties === false;
  const errors: Record<string, string> = {};
  for (const [name, value] of values) {
    const schema = properties[name] ?? properties[name.replace(/\d+$/, "[n]")];
    const error = schema ? checkValue(schema, value) : closed ? UNDEFINED : undefined;
    if (error !== undefined) errors[name] = error;
    const required = schema?.requires;
    if (required !== undefined && !values.has(required)) {
      errors[required] = `missing property - '${name}' requires this property`;
    }
  }
  for (const [name, schema] of Object.entries(properties)) {
    const isFamily = name.endsWith("[n]");
    if (!isFamily && !isOptional(schema) && !values.has(name))
      errors[name] = "property is missing and it is not optional";
  }
  return errors;
}

const UNDEFINED = "property is not defined in schema and the schema does not allow additional properties";

const isOptional = (schema: ParameterSchema): boolean => schema.optional === 1 || schema.optional === true;

interface Found {
  readonly node: SchemaNode;
  readonly parameters: ReadonlyMap<string, string>;
}

/** find walks the tree; a literal child wins over a parameter, the last parameter may hold slashes. */
function find(nodes: readonly SchemaNode[], segments: readonly string[]): Found | undefined {
  const [segment, ...rest] = segments;
  if (segment === undefined) return undefined;
  const named = nodes.find((node) => lastOf(node) === segment);
  const open = nodes.find((node) => /^\{.+\}$/.test(lastOf(node)));
  for (const node of [named, open]) {
    if (!node) continue;
    const own = node === named ? new Map<string, string>() : new Map([[lastOf(node).slice(1, -1), segment]]);
    if (rest.length === 0) return { node, parameters: own };
    const deeper = find(node.children ?? [], rest);
    if (deeper) return { node: deeper.node, parameters: new Map([...own, ...deeper.parameters]) };
    if (node === open && !node.children) {
      return { node, parameters: new Map([[lastOf(node).slice(1, -1), segments.join("/")]]) };
    }
  }
  return undefined;
}

const lastOf = (node: SchemaNode): string => node.path.slice(node.path.lastIndexOf("/") + 1);
