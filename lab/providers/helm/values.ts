import { parse } from "yaml";
import { z } from "zod";

const map = z.record(z.string(), z.json());

export type Values = z.infer<typeof map>;

/**
 * valuesOf several YAML documents, the later over the earlier. Helm reads YAML 1.1: `yes`, `on` and a lone `y` are
 * true there, and so they are here.
 */
export function valuesOf(documents: readonly string[]): Values {
  return documents
    .map((document) => map.parse(parse(document, { version: "1.1" }) ?? {}))
    .reduce((before, values) => over(before, values), {});
}

/** over keeps a null, which takes a chart's own default away later. */
function over(before: Values, values: Values): Values {
  const merged: Values = { ...before };
  for (const [key, value] of Object.entries(values)) {
    const [old, next] = [map.safeParse(before[key]), map.safeParse(value)];
    merged[key] = old.success && next.success ? over(old.data, next.data) : value;
  }
  return merged;
}

/** sortedJson is a value as Go writes it: keys in order. */
export function sortedJson(value: z.core.util.JSONType): string {
  return JSON.stringify(value, (_key, each: unknown) => {
    const read = map.safeParse(each);
    return read.success
      ? Object.fromEntries(Object.entries(read.data).sort(([a], [b]) => (a < b ? -1 : 1)))
      : each;
  });
}
