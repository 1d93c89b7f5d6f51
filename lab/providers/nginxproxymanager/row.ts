import { attributeType, type Attribute } from "../protocol/schema";
import type { CtyType } from "../protocol/type";
import type { Attributes, Value } from "../protocol/value";
import { Failed } from "./api";

/** Row is one object of the API. */
export type Row = Readonly<Record<string, unknown>>;

/** rowOf an answer, which must have what the provider's client requires of it. */
export function rowOf(answer: unknown, required: readonly string[]): Row {
  if (!isRow(answer))
    throw new Failed(
      `json: cannot unmarshal ${kindOf(answer)} into Go value of type map[string]interface {}`,
    );
  const missing = required.find((name) => !(name in answer));
  if (missing !== undefined) throw new Failed(`no value given for required property ${missing}`);
  return answer;
}

/** rowsOf an answer that is a list. */
export function rowsOf(answer: unknown, required: readonly string[]): readonly Row[] {
  if (!Array.isArray(answer))
    throw new Failed(`json: cannot unmarshal ${kindOf(answer)} into Go value of type []interface {}`);
  return answer.map((each: unknown) => rowOf(each, required));
}

/** attributesOf a row, each under its own name; what the row leaves empty is Go's zero value, and no id is null. */
export function attributesOf(row: Row, schemas: Readonly<Record<string, Attribute>>): Attributes {
  return Object.fromEntries(
    Object.entries(schemas).map(([name, schema]) => {
      const value = valueOf(row[name], attributeType(schema));
      return [name, references.includes(name) && value === 0 ? null : value];
    }),
  );
}

const references: readonly string[] = ["certificate_id", "access_list_id"];

function valueOf(found: unknown, type: CtyType): Value {
  if (type === "string") return typeof found === "string" ? found : "";
  if (type === "number") return typeof found === "number" ? found : 0;
  if (type === "bool") return found === true;
  if (type === "dynamic") return null;
  switch (type[0]) {
    case "map":
      return isRow(found) && Object.keys(found).length > 0 ? textsOf(found) : null;
    case "object":
      return Object.fromEntries(
        Object.entries(type[1]).map(([name, of]) => [name, valueOf(isRow(found) ? found[name] : null, of)]),
      );
    case "tuple":
      return [];
    case "list":
    case "set": {
      const [, of] = type;
      return Array.isArray(found) ? found.map((each: unknown) => valueOf(each, of)) : [];
    }
  }
}

/** textsOf a row's values, as Go prints them; null stays null. */
function textsOf(row: Row): Attributes {
  return Object.fromEntries(
    Object.entries(row).map(([name, value]) => [name, value === null ? null : printed(value)]),
  );
}

function printed(value: unknown): string {
  if (typeof value === "string") return value;
  if (value === null) return "<nil>";
  if (Array.isArray(value)) return `[${value.map(printed).join(" ")}]`;
  if (!isRow(value)) return JSON.stringify(value);
  const fields = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `map[${fields.map(([name, each]) => `${name}:${printed(each)}`).join(" ")}]`;
}

export function isRow(value: unknown): value is Row {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function kindOf(value: unknown): string {
  if (Array.isArray(value)) return "array";
  return typeof value === "boolean" ? "bool" : typeof value;
}
