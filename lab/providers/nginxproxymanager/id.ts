import { ProviderError } from "../protocol/problem";
import type { Attributes } from "../protocol/value";

/** idOf a state: the number that the proxy gave. */
export function idOf(state: Attributes): number {
  const id = state["id"];
  if (typeof id !== "number") throw new Error("A state of Nginx Proxy Manager's came without an id.");
  return id;
}

/** importedId as `terraform import` was given it. */
export function importedId(text: string): number {
  if (/^[+-]?\d+$/.test(text)) return Number(text);
  throw new ProviderError({
    summary: "Client Error",
    detail: `Could not convert id to number, got error: strconv.ParseInt: parsing ${JSON.stringify(text)}: invalid syntax`,
  });
}
