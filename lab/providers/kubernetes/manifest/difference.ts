import { isAttributes, isList, UNKNOWN, type Attributes, type Value } from "../../protocol/value";
import { writtenPath, type FieldPath } from "../field-path";
import { ExpectedFields, isMap, type Expectation } from "./expectation";

/** differencesOf an object from what was expected of it, each in Terraform's words; none when it is as planned. */
export function differencesOf(
  expectation: Expectation,
  found: Value | undefined,
  path: FieldPath = ["object"],
): readonly string[] {
  if (expectation === UNKNOWN) return [];
  const where = writtenPath(path);
  const value = found ?? null;
  if (expectation instanceof ExpectedFields) {
    if (value !== null && !isAttributes(value)) return [changed(where, {}, value)];
    return fieldDifferences(expectation, value ?? {}, path);
  }
  if (typeof expectation === "object" && expectation !== null) {
    if (!isList(value)) return expectation.length === 0 && value === null ? [] : [changed(where, [], value)];
    return [
      ...expectation.flatMap((item, index) =>
        index < value.length
          ? differencesOf(item, value[index], [...path, index])
          : [`${where}: element ${index} has vanished`],
      ),
      ...value.slice(expectation.length).map((_, index) => {
        return `${where}: new element ${expectation.length + index} has appeared`;
      }),
    ];
  }
  if (expectation === value || (expectation === null && isBlank(value))) return [];
  return [changed(where, expectation, value)];
}

function fieldDifferences(
  { fields, open }: ExpectedFields,
  found: Attributes,
  path: FieldPath,
): readonly string[] {
  const planned = Object.entries(fields).flatMap(([name, field]) => {
    const vanished = isMap(path) && !(name in found) && field !== UNKNOWN && field !== null;
    if (vanished) return [`${writtenPath(path)}: element ${JSON.stringify(name)} has vanished`];
    return differencesOf(field, found[name], [...path, name]);
  });
  const added = open
    ? []
    : Object.entries(found).filter(([name, item]) => !(name in fields) && !isBlank(item));
  return [
    ...planned,
    ...added.map(([name, item]) =>
      isMap(path)
        ? `${writtenPath(path)}: new element ${JSON.stringify(name)} has appeared`
        : changed(writtenPath([...path, name]), null, item),
    ),
  ];
}

/** isBlank: an object without values is the same to Terraform as none. */
function isBlank(value: Value): boolean {
  return value === null || (isAttributes(value) && Object.values(value).every(isBlank));
}

function changed(where: string, expected: Value, found: Value): string {
  return `${where}: was ${cty(expected)}, but now ${cty(found)}`;
}

function cty(value: Value): string {
  if (value === null) return "null";
  if (typeof value === "string") return `cty.StringVal(${JSON.stringify(value)})`;
  if (typeof value === "number") return `cty.NumberIntVal(${value})`;
  if (typeof value === "boolean") return value ? "cty.True" : "cty.False";
  return isList(value) ? `cty.TupleVal(${JSON.stringify(value)})` : `cty.ObjectVal(${JSON.stringify(value)})`;
}
