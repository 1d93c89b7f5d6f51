import type { Field, ProblemMeaning, Reading, Reference } from "../../reference/entry";
import type { Found } from "../../reference/find";
import { anchorOf } from "../../reference/words";

/** Explained is what `./slipway explain` knows of one place of a cluster file. */
export interface Explained {
  readonly path: string;
  readonly readings: readonly Reading[];
  readonly choices: Field["choices"];
  readonly fields: readonly { readonly name: string; readonly path: string; readonly meaning: string }[];
  readonly problems: Readonly<Record<string, ProblemMeaning>>;
  readonly page: string;
}

/** explainedOf what was found at a path; an entry such as `services.hello` is told by the field that it is in. */
export function explainedOf(asked: string, { path, field, fields }: Found, reference: Reference): Explained {
  const holder = field ?? reference.fields.find((one) => one.path === path.replace(/(\.<[^>]+>|\[\])+$/, ""));
  const readings = holder?.readings ?? [];
  const codes = new Set(readings.flatMap(({ problems }) => problems));
  return {
    path: asked === "" ? "" : path,
    readings,
    choices: holder?.choices ?? [],
    fields: fields.map((line) => ({
      name: line.name,
      path: line.field.path,
      meaning: [...new Set(line.field.readings.map(({ meaning }) => meaning))].join(" Or: "),
    })),
    problems: Object.fromEntries(Object.entries(reference.problems).filter(([code]) => codes.has(code))),
    page: `docs/reference/cluster.md${holder === undefined ? "" : `#${anchorOf(holder.path)}`}`,
  };
}
