import type { Json } from "../contract";

/** readJson of a text. */
export function readJson(text: string): Json {
  const value: unknown = JSON.parse(text);
  if (!isJson(value)) throw new Error("JSON.parse gave something that is no JSON");
  return value;
}

/** isJson by its outermost value: what JSON.parse gives holds nothing else within. */
function isJson(value: unknown): value is Json {
  return value === null || ["string", "number", "boolean", "object"].includes(typeof value);
}
