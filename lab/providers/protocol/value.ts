import { isDeepStrictEqual } from "node:util";
import type { CtyType } from "./type";

/** UNKNOWN stands for a value that only the apply will tell. */
export const UNKNOWN = Symbol("unknown");

/** Typed carries its own type, because the schema leaves it open (`dynamic`). */
export class Typed {
  constructor(
    readonly type: CtyType,
    readonly value: Value,
  ) {}
}

/** Value is what Terraform calls a value: lists, sets and tuples are arrays, objects and maps are records. */
export type Value = null | typeof UNKNOWN | boolean | number | string | Typed | readonly Value[] | Attributes;

export interface Attributes {
  readonly [name: string]: Value;
}

export function sameValue(a: Value, b: Value): boolean {
  return isDeepStrictEqual(a, b);
}

export function isAttributes(value: Value): value is Attributes {
  return typeof value === "object" && value !== null && !isList(value) && !(value instanceof Typed);
}

export function isList(value: Value): value is readonly Value[] {
  return Array.isArray(value);
}
