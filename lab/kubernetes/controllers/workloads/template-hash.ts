import { createHash } from "node:crypto";
import type { Json, JsonObject } from "../../contract";
import { compact, isList, isObject } from "../../json";

const alphabet = "bcdfghjklmnpqrstvwxz2456789";

/** templateHash of a pod template: the same for the same template whatever the order of its fields. */
export function templateHash(template: JsonObject): string {
  const digest = createHash("sha256")
    .update(JSON.stringify(sorted(compact(template) ?? null)))
    .digest();
  return [...digest.subarray(0, 10)].map((byte) => alphabet[byte % alphabet.length] ?? "x").join("");
}

function sorted(value: Json): Json {
  if (isList(value)) return value.map(sorted);
  if (!isObject(value)) return value;
  const keys = Object.keys(value).sort();
  return Object.fromEntries(keys.map((key) => [key, sorted(value[key] ?? null)]));
}
