import { decode, encode, ExtData } from "@msgpack/msgpack";
import { ctyType, type CtyType } from "./type";
import { isAttributes, isList, Typed, UNKNOWN, type Value } from "./value";

/** decodeValue reads Terraform's MessagePack; what that says about the range of an unknown value is dropped. */
export function decodeValue(bytes: Uint8Array, type: CtyType): Value {
  return fromWire(decode(bytes, { useBigInt64: true }), type);
}

export function encodeValue(value: Value, type: CtyType): Buffer {
  return Buffer.from(encode(toWire(value, type)));
}

const unknownExtensions: readonly number[] = [0, 12];

function fromWire(wire: unknown, type: CtyType): Value {
  if (wire === null) return null;
  if (wire instanceof ExtData && unknownExtensions.includes(wire.type)) return UNKNOWN;
  if (typeof type === "string") return scalarFromWire(wire, type);
  switch (type[0]) {
    case "object":
      if (!isRecord(wire)) throw mismatch(wire, type);
      return mapEntries(type[1], (of, name) => fromWire(wire[name], of));
    case "map":
      if (!isRecord(wire)) throw mismatch(wire, type);
      return mapEntries(wire, (item) => fromWire(item, type[1]));
    case "tuple":
      if (!Array.isArray(wire)) throw mismatch(wire, type);
      return type[1].map((of, index) => fromWire(wire[index], of));
    case "list":
    case "set":
      if (!Array.isArray(wire)) throw mismatch(wire, type);
      return wire.map((item: unknown) => fromWire(item, type[1]));
  }
}

function scalarFromWire(wire: unknown, type: CtyType & string): Value {
  if (type === "number") return numberFromWire(wire);
  if (type === "dynamic") {
    if (!Array.isArray(wire) || !(wire[0] instanceof Uint8Array)) throw mismatch(wire, type);
    const own = ctyType.parse(JSON.parse(Buffer.from(wire[0]).toString("utf8")));
    return new Typed(own, fromWire(wire[1], own));
  }
  if (type === "string" && typeof wire === "string") return wire;
  if (type === "bool" && typeof wire === "boolean") return wire;
  throw mismatch(wire, type);
}

/** Terraform sends as text what fits neither an integer nor a double exactly, such as 0.1. */
function numberFromWire(wire: unknown): number {
  const number = typeof wire === "number" ? wire : Number(wire);
  const exact = Number.isInteger(number) ? Number.isSafeInteger(number) : String(number) === String(wire);
  if (!exact || !Number.isFinite(number))
    throw new Error(`The number ${String(wire)} needs more digits than the stand-in keeps.`);
  return number;
}

function toWire(value: Value, type: CtyType): unknown {
  if (value === null) return null;
  if (value === UNKNOWN) return new ExtData(0, new Uint8Array(1));
  if (typeof type === "string") return scalarToWire(value, type);
  switch (type[0]) {
    case "object":
      if (!isAttributes(value)) throw mismatch(value, type);
      return mapEntries(type[1], (of, name) => toWire(value[name] ?? null, of));
    case "map":
      if (!isAttributes(value)) throw mismatch(value, type);
      return mapEntries(value, (item) => toWire(item, type[1]));
    case "tuple":
      if (!isList(value)) throw mismatch(value, type);
      return type[1].map((of, index) => toWire(value[index] ?? null, of));
    case "list":
    case "set":
      if (!isList(value)) throw mismatch(value, type);
      return value.map((item) => toWire(item, type[1]));
  }
}

function scalarToWire(value: Value, type: CtyType & string): unknown {
  if (type === "dynamic" && value instanceof Typed) {
    return [Buffer.from(JSON.stringify(value.type)), toWire(value.value, value.type)];
  }
  if (type === "number" && typeof value === "number") return Number.isInteger(value) ? value : String(value);
  if (type === "string" && typeof value === "string") return value;
  if (type === "bool" && typeof value === "boolean") return value;
  throw mismatch(value, type);
}

function mapEntries<T, R>(
  record: Readonly<Record<string, T>>,
  change: (item: T, name: string) => R,
): Record<string, R> {
  return Object.fromEntries(Object.entries(record).map(([name, item]) => [name, change(item, name)]));
}

function isRecord(wire: unknown): wire is Record<string, unknown> {
  return typeof wire === "object" && wire !== null && !Array.isArray(wire) && !(wire instanceof Uint8Array);
}

function mismatch(found: unknown, type: CtyType): Error {
  return new Error(`Expected a value of type ${JSON.stringify(type)}, found ${typeof found}.`);
}
