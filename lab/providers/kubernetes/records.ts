import { isAttributes, isList, type Attributes, type Value } from "../protocol/value";

/** blocksOf an attribute: the blocks written there; none is an empty list. */
export function blocksOf(value: Value | undefined): readonly Attributes[] {
  const given = value ?? null;
  return isList(given) ? given.filter(isAttributes) : [];
}

/** recordOf an attribute: its fields; nothing, or what is not known yet, has none. */
export function recordOf(value: Value | undefined): Attributes {
  const given = value ?? null;
  return isAttributes(given) ? given : {};
}

/** textsOf a map: its values that are texts. */
export function textsOf(value: Value | undefined): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(recordOf(value)).flatMap(([key, item]) => (typeof item === "string" ? [[key, item]] : [])),
  );
}
