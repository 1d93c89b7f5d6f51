import { z } from "zod";
import { listOf } from "../../../config/words";
import type { Compiled } from "./compiled";

/** Form of a value: how it is written, and the codes that a value in another form is refused with. */
export interface Form {
  readonly text: string;
  readonly problems: readonly string[];
}

/** described: what a reader of text, in config/schema, says of itself with `.meta()`. */
const described = z.looseObject({ description: z.string(), problems: z.array(z.string()).default([]) });

/** formsOf a value, each way to write it once. A reader of text that does not say what it takes is a mistake of ours. */
export function formsOf(schema: z.core.$ZodType, compiled: Compiled): Form[] {
  const said = described.safeParse(z.globalRegistry.get(schema));
  if (said.success) return [{ text: said.data.description, problems: said.data.problems }];
  const kind = compiled.refersTo();
  if (kind !== undefined) return [referenceForm(schema, kind)];
  if (schema instanceof z.ZodOptional) return formsOf(schema.unwrap(), compiled.inside("def", "innerType"));
  if (schema instanceof z.ZodPipe) return formsOf(schema.in, compiled.inside("def", "in"));
  if (schema instanceof z.ZodUnion) {
    const values = schema.options.flatMap((option) =>
      option instanceof z.ZodLiteral ? [...option.values] : [],
    );
    if (values.length === schema.options.length) return [plain(alternatives(values))];
    const forms = schema.options.flatMap((option, index) =>
      formsOf(option, compiled.inside("def", "options", String(index))),
    );
    return forms.filter((form, index) => forms.findIndex(({ text }) => text === form.text) === index);
  }
  if (schema instanceof z.ZodRecord) return [recordForm(schema, compiled)];
  if (schema instanceof z.ZodArray) return [listForm(schema, compiled)];
  return [plain(scalarText(schema))];
}

/** placeholderOf a record's names in a path. */
export function placeholderOf(record: z.ZodRecord): string {
  return `<${z.globalRegistry.get(record.keyType)?.title ?? "name"}>`;
}

function plain(text: string): Form {
  return { text, problems: [] };
}

function referenceForm(schema: z.core.$ZodType, kind: string): Form {
  const words = kind.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
  const naming = `the name of one of \`${sectionOf[kind] ?? `${kind}s`}\``;
  return {
    text: schema instanceof z.ZodRecord ? `${naming} → its share, 0 to 100` : naming,
    problems: [`references/unknown-${words}`],
  };
}

const sectionOf: Readonly<Record<string, string>> = { pool: "loadBalancer.pools" };

function recordForm(schema: z.ZodRecord, compiled: Compiled): Form {
  const values = formsOf(schema.valueType, compiled.inside("def", "valueType"));
  return {
    text: `\`${placeholderOf(schema)}\` → ${values.map(({ text }) => text).join(" or ")}`,
    problems: values.flatMap(({ problems }) => problems),
  };
}

function listForm(schema: z.ZodArray, compiled: Compiled): Form {
  const elements = formsOf(schema.element, compiled.inside("def", "element"));
  const least = minimumLength.safeParse(schema.def.checks?.map(({ _zod: { def } }) => def)).data ?? 0;
  return {
    text: `a list${least > 0 ? ` of at least ${least}` : ""}: ${elements.map(({ text }) => text).join(" or ")}`,
    problems: elements.flatMap(({ problems }) => problems),
  };
}

const minimumLength = z
  .array(z.looseObject({ minimum: z.number() }))
  .transform(([first]) => first?.minimum ?? 0);

function scalarText(schema: z.core.$ZodType): string {
  if (schema instanceof z.ZodEnum) return alternatives(schema.options);
  if (schema instanceof z.ZodLiteral) return alternatives([...schema.values]);
  if (schema instanceof z.ZodBoolean) return "true or false";
  if (schema instanceof z.ZodNumber) return numberText(schema);
  if (schema instanceof z.ZodURL) return "a URL";
  if (schema instanceof z.ZodEmail) return "an email address";
  if (schema instanceof z.ZodString) return "text";
  if (schema instanceof z.ZodObject) return "an object";
  throw new Error(`a form of ${schema._zod.def.type} has no words: say it with .meta({ description })`);
}

function alternatives(values: readonly unknown[]): string {
  return listOf(
    values.map((value) => `\`${JSON.stringify(value)}\``),
    "or",
  );
}

function numberText(schema: z.ZodNumber): string {
  const least = bounded(schema.minValue);
  const most = bounded(schema.maxValue);
  const whole = schema.format?.includes("int") === true;
  const kind = whole ? "a whole number" : "a number";
  if (least === undefined) return most === undefined ? kind : `${kind} up to ${most}`;
  const from = whole && least === 0 && exclusive(schema) ? 1 : least;
  return most === undefined ? `${kind} from ${from} on` : `${kind} from ${from} to ${most}`;
}

/** bounded: zod gives every whole number the bounds of the machine, which are none of ours. */
function bounded(limit: number | null): number | undefined {
  return limit === null || Math.abs(limit) >= Number.MAX_SAFE_INTEGER ? undefined : limit;
}

function exclusive(schema: z.ZodNumber): boolean {
  return !schema.safeParse(0).success;
}
