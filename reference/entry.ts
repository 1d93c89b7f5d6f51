import { z } from "zod";

const reading = z.strictObject({
  only: z.string().optional(),
  meaning: z.string(),
  forms: z.array(z.string()),
  unit: z.string().optional(),
  required: z.boolean(),
  default: z.string().optional(),
  example: z.string().optional(),
  change: z.string(),
  inherited: z.string().optional(),
  problems: z.array(z.string()),
});

const field = z.strictObject({
  path: z.string(),
  readings: z.array(reading).min(1),
  choices: z.array(z.array(z.string())),
});

const likeness = z.strictObject({ path: z.string(), as: z.string(), only: z.string().optional() });

const problem = z.strictObject({
  severity: z.enum(["error", "warning"]),
  waivable: z.boolean(),
  why: z.string(),
});

export const reference = z.strictObject({
  fields: z.array(field),
  alike: z.array(likeness),
  problems: z.record(z.string(), problem),
});

/** Reference is docs/reference/cluster.json: what every field of a cluster file means. */
export type Reference = z.output<typeof reference>;
/** Field at one path, such as `services.<name>.port`. Choices are groups of fields of which exactly one is written. */
export type Field = z.output<typeof field>;
/** Reading of a field: one for each declaration of it, where `only` says which shapes have that one. */
export type Reading = z.output<typeof reading>;
/** Likeness: the field at this path is declared once, and described at another path. */
export type Likeness = z.output<typeof likeness>;
/** ProblemMeaning is what a code says, by the mistake in the tests that shows its words. */
export type ProblemMeaning = z.output<typeof problem>;
