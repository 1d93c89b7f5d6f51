import type { AttributePath, Problem } from "./problem";
import { isAttributes, isList, UNKNOWN, type Value } from "./value";

/** Check judges one configured value; it is not asked about null or unknown ones. */
export type Check = (value: Value, path: AttributePath) => readonly Problem[];

export function atLeast(least: number): Check {
  return (value, path) =>
    typeof value === "number" && value < least
      ? [invalid("Invalid Attribute Value", path, `value must be at least ${least}`, value)]
      : [];
}

export function between(least: number, most: number): Check {
  return (value, path) =>
    typeof value === "number" && (value < least || value > most)
      ? [invalid("Invalid Attribute Value", path, `value must be between ${least} and ${most}`, value)]
      : [];
}

export function oneOf(allowed: readonly (string | number)[]): Check {
  const list = allowed.map((each) => JSON.stringify(String(each))).join(" ");
  return (value, path) =>
    (typeof value === "string" || typeof value === "number") && !allowed.includes(value)
      ? [
          invalid(
            "Invalid Attribute Value Match",
            path,
            `value must be one of: [${list}]`,
            JSON.stringify(value),
          ),
        ]
      : [];
}

export function eachElement(check: Check): Check {
  return (value, path) =>
    isList(value) ? value.flatMap((element, index) => check(element, [...path, index])) : [];
}

export function atMostElements(most: number): Check {
  return (value, path) =>
    isList(value) && value.length > most
      ? [invalid("Invalid Attribute Value", path, `list must contain at most ${most} elements`, value.length)]
      : [];
}

/** invalid words a problem the way the providers' own library does. */
export function invalid(summary: string, path: AttributePath, rule: string, found: string | number): Problem {
  return { summary, path, detail: `Attribute ${written(path)} ${rule}, got: ${found}` };
}

/** writtenValue as the library writes a value: `{"path":"/api","port":<unknown>}`. */
function writtenValue(value: Value): string {
  if (value === null) return "<null>";
  if (value === UNKNOWN) return "<unknown>";
  if (isList(value)) return `[${value.map(writtenValue).join(",")}]`;
  if (!isAttributes(value)) return JSON.stringify(value);
  const fields = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${fields.map(([name, item]) => `${JSON.stringify(name)}:${writtenValue(item)}`).join(",")}}`;
}

function written(path: AttributePath): string {
  return path
    .map((step, index) => {
      if (typeof step === "number") return `[${step}]`;
      if (typeof step === "object")
        return "key" in step ? `["${step.key}"]` : `[Value(${writtenValue(step.element)})]`;
      return index === 0 ? step : `.${step}`;
    })
    .join("");
}
