import { listOf } from "../config/words";
import type { Reading } from "./entry";

/** meaningOf a field as a sentence, with its own name marked where the sentence begins with it. */
export function meaningOf({ meaning }: Reading, path: string): string {
  const name = nameOf(path);
  const [first = ""] = /^[\w-]+/.exec(meaning) ?? [];
  return first === name ? `\`${name}\`${meaning.slice(name.length)}` : meaning;
}

/** nameOf the field at a path. */
export function nameOf(path: string): string {
  return path.split(".").at(-1) ?? "";
}

/** typeText says how a field is written: its type with bounds, and its unit. */
export function typeText({ forms, unit }: Reading): string {
  return `${listOf(forms, "or")}${unit === undefined ? "" : ` (${unit})`}`;
}

/** defaultText: a value as code; what begins with a dash is words already. */
export function defaultText(byDefault: string): string {
  return byDefault.startsWith("- ") ? byDefault.slice(2) : `\`${byDefault}\``;
}

/** anchorOf a heading as GitHub makes it: lower case, without all but letters, digits, dashes and underscores. */
export function anchorOf(heading: string): string {
  return heading.toLowerCase().replaceAll(/[^\w-]/g, "");
}
