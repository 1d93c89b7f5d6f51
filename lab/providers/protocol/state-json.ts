import { z } from "zod";
import { ctyType, type CtyType } from "./type";
import { Typed, type Value } from "./value";

/** valueFromJson reads a value as a state file writes it; an attribute that is absent is null. */
export function valueFromJson(json: unknown, type: CtyType): Value {
  if (json === null || json === undefined) return null;
  if (typeof type === "string") {
    if (type !== "dynamic") return scalar[type].parse(json);
    const own = typed.parse(json);
    return new Typed(own.type, valueFromJson(own.value, own.type));
  }
  switch (type[0]) {
    case "object": {
      const found = record.parse(json);
      return Object.fromEntries(
        Object.entries(type[1]).map(([name, of]) => [name, valueFromJson(found[name], of)]),
      );
    }
    case "map":
      return Object.fromEntries(
        Object.entries(record.parse(json)).map(([key, item]) => [key, valueFromJson(item, type[1])]),
      );
    case "tuple": {
      const found = list.parse(json);
      return type[1].map((of, index) => valueFromJson(found[index], of));
    }
    case "list":
    case "set":
      return list.parse(json).map((item) => valueFromJson(item, type[1]));
  }
}

const scalar = { string: z.string(), number: z.number(), bool: z.boolean() };
const typed = z.object({ type: ctyType, value: z.unknown() });
const record = z.record(z.string(), z.unknown());
const list = z.array(z.unknown());
