import type { Json } from "./object";

/**
 * omitEmpty leaves out what the API server would not give back (Go's `omitempty`: 0, false, an empty text, list or
 * map): written out, it would be missing from the applied object and every plan would show it again.
 */
export function omitEmpty<T extends Json>(value: T): T | undefined {
  return isEmpty(value) ? undefined : value;
}

function isEmpty(value: Json): boolean {
  return typeof value === "object" && value !== null ? Object.keys(value).length === 0 : !value;
}
