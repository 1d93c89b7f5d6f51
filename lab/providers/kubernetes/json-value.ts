import type { Json, JsonObject } from "../../kubernetes/contract";
import { isList as isJsonList, isObject } from "../../kubernetes/json";
import type { CtyType } from "../protocol/type";
import { isAttributes, isList, Typed, UNKNOWN, type Value } from "../protocol/value";

/** bare is a value without the types it carries. */
export function bare(value: Value): Value {
  if (value instanceof Typed) return bare(value.value);
  if (isList(value)) return value.map(bare);
  if (!isAttributes(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, bare(item)]));
}

/** isKnown throughout. */
export function isKnown(value: Value): boolean {
  if (value instanceof Typed) return isKnown(value.value);
  if (isList(value)) return value.every(isKnown);
  return isAttributes(value) ? Object.values(value).every(isKnown) : value !== UNKNOWN;
}

/** jsonOf a value, as the API gets it: without fields that are null. */
export function jsonOf(value: Value): Json {
  if (value === UNKNOWN) throw new Error("What is sent to the API has to be known.");
  if (value instanceof Typed) return jsonOf(value.value);
  if (isList(value)) return value.filter((item) => item !== null).map(jsonOf);
  if (!isAttributes(value)) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, item]) => (item === null ? [] : [[name, jsonOf(item)]])),
  );
}

/** typedOf an object of the API: what a state holds where the schema leaves the type open. */
export function typedOf(json: JsonObject): Typed {
  const value = valueOf(json);
  return new Typed(typeOf(value), value);
}

function valueOf(json: Json | undefined): Value {
  if (isJsonList(json)) return json.map(valueOf);
  if (!isObject(json)) return json ?? null;
  return Object.fromEntries(
    Object.entries(json).flatMap(([name, item]) =>
      item === undefined || item === null ? [] : [[name, valueOf(item)]],
    ),
  );
}

function typeOf(value: Value): CtyType {
  if (typeof value === "string") return "string";
  if (typeof value === "number") return "number";
  if (typeof value === "boolean") return "bool";
  if (isList(value)) return ["tuple", value.map(typeOf)];
  if (!isAttributes(value)) return "dynamic";
  return ["object", Object.fromEntries(Object.entries(value).map(([name, item]) => [name, typeOf(item)]))];
}
