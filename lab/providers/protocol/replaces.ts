import { isAttributes, type Value } from "./value";

/** unlessOnlyNulls: a map replaces the resource when it changes, but not when it only gains keys that are null. */
export function unlessOnlyNulls(prior: Value, planned: Value): boolean {
  const after = isAttributes(planned) ? planned : {};
  if (!isAttributes(prior)) return Object.values(after).some((value) => value !== null);
  const changed = Object.entries(after).some(([key, value]) => value !== (prior[key] ?? null));
  return changed || Object.keys(prior).some((key) => !(key in after));
}
