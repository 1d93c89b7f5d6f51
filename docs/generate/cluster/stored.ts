import type { Reference } from "../../../reference/entry";

/** storedReference, docs/reference/cluster.json, with one line for each field, so that a change shows which. */
export function storedReference({ fields, alike, problems }: Reference): string {
  const told = Object.entries(problems).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return [
    `{ "fields": [`,
    fields.map((field) => JSON.stringify(field)).join(",\n"),
    `], "alike": [`,
    alike.map((likeness) => JSON.stringify(likeness)).join(",\n"),
    `], "problems": {`,
    told.map(([code, words]) => `${JSON.stringify(code)}: ${JSON.stringify(words)}`).join(",\n"),
    `} }\n`,
  ].join("\n");
}
