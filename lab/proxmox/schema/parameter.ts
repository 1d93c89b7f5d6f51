import { PropertyError, parsePropertyString } from "../properties/property-string";
import { FORMATS } from "./formats";

/** ParameterSchema is one parameter's description; property strings carry their own parts in `format`. */
export interface ParameterSchema {
  readonly type?: string;
  readonly optional?: unknown;
  readonly enum?: readonly unknown[] | null;
  readonly pattern?: string;
  readonly minimum?: number | string;
  readonly maximum?: number | string;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly requires?: string;
  readonly format?: string | Readonly<Record<string, ParameterSchema>>;
  readonly default_key?: unknown;
  readonly alias?: string;
  readonly keyAlias?: string;
}

/** checkValue tells in Proxmox's words what is wrong with a value; undefined = nothing. */
export function checkValue(schema: ParameterSchema, value: string): string | undefined {
  const wrongType = checkType(schema, value);
  if (wrongType !== undefined) return wrongType;
  if (schema.enum && !schema.enum.map(String).includes(value)) {
    return `value '${value}' does not have a value in the enumeration '${schema.enum.join(", ")}'`;
  }
  if (schema.pattern !== undefined && !patternOf(schema.pattern).test(value)) {
    return "value does not match the regex pattern";
  }
  if (schema.minLength !== undefined && value.length < schema.minLength) {
    return `value must be at least ${schema.minLength} characters long`;
  }
  if (schema.maxLength !== undefined && value.length > schema.maxLength) {
    return `value may only be ${schema.maxLength} characters long`;
  }
  return typeof schema.format === "object"
    ? checkParts(schema.format, value)
    : checkFormat(schema.format, value);
}

function checkType({ type, minimum, maximum }: ParameterSchema, value: string): string | undefined {
  if (type === "boolean") {
    return /^(1|0|on|off|yes|no|true|false)$/i.test(value)
      ? undefined
      : `type check ('boolean') failed - got '${value}'`;
  }
  if (type !== "integer" && type !== "number") return undefined;
  const shape = type === "integer" ? /^[+-]?\d+$/ : /^[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d+)?$/i;
  if (!shape.test(value)) return `type check ('${type}') failed - got '${value}'`;
  if (minimum !== undefined && Number(value) < Number(minimum))
    return `value must have a minimum value of ${minimum}`;
  if (maximum !== undefined && Number(value) > Number(maximum))
    return `value must have a maximum value of ${maximum}`;
  return undefined;
}

/** checkParts checks a property string part by part. */
function checkParts(parts: Readonly<Record<string, ParameterSchema>>, value: string): string | undefined {
  const defaultKey = Object.keys(parts).find((key) => parts[key]?.default_key !== undefined);
  let given: Map<string, string>;
  try {
    given = parsePropertyString(value, defaultKey);
  } catch (error) {
    if (error instanceof PropertyError) return `invalid format - format error\n${error.message}\n`;
    throw error;
  }
  const known = new Set<string>();
  for (const [key, part] of given) {
    const schema = parts[key];
    if (!schema)
      return invalidPart(
        key,
        "property is not defined in schema and the schema does not allow additional properties",
      );
    known.add(key);
    if (schema.keyAlias !== undefined) known.add(schema.keyAlias);
    if (schema.alias !== undefined) known.add(schema.alias);
    const target = schema.alias === undefined ? schema : (parts[schema.alias] ?? schema);
    const error = checkValue(target, part);
    if (error !== undefined) return invalidPart(key, error);
  }
  for (const [key, schema] of Object.entries(parts)) {
    const required = schema.optional === undefined && schema.alias === undefined;
    if (required && !known.has(key)) return invalidPart(key, "property is missing and it is not optional");
  }
  return undefined;
}

const invalidPart = (key: string, error: string): string =>
  `invalid format - format error\n${key}: ${error}\n`;

function checkFormat(format: string | undefined, value: string): string | undefined {
  if (format === undefined) return undefined;
  const list = /^(.+)-list$/.exec(format)?.[1];
  const rule = FORMATS[format] ?? (list === undefined ? undefined : FORMATS[list]);
  if (!rule) return undefined;
  const items = FORMATS[format] ? [value] : value.split(/[,;\s\0]+/).filter((item) => item !== "");
  return items.every((item) => rule.pattern.test(item)) ? undefined : `invalid format - ${rule.error(value)}`;
}

/** patternOf reads a Perl pattern, which must match the whole value; Perl prints compiled ones as (?^:…). */
function patternOf(pattern: string): RegExp {
  const flags = /^\(\?\^?([a-z]*):/.exec(pattern)?.[1]?.includes("i") ? "i" : "";
  return new RegExp(`^(?:${pattern.replace(/\(\?\^?[a-z]*:/g, "(?:")})$`, flags);
}
