import { z } from "zod";
import { clusterSchema } from "../../../config/schema";
import { waivable } from "../../../config/waivers";
import type { Field, Likeness, Reading, Reference } from "../../../reference/entry";
import { commentOf } from "./comment";
import { compiledSchema } from "./compiled";
import { exampleOf } from "./example";
import { formsOf } from "./form";
import type { Told } from "./problems";
import { type Alternative, choicesAmong, distinct, onlyWhere, type Shape, shapesBelow } from "./shape";

/** Surroundings of the schema: how each problem was told, and cluster files that examples are taken from. */
export interface Surroundings {
  readonly told: Readonly<Record<string, Told>>;
  readonly examples: readonly unknown[];
}

/** referenceOf the schema as it stands in the sources. A field that a section has twice is described at the shorter path. */
export function referenceOf({ told, examples }: Surroundings): Reference {
  const top = shapesBelow({ schema: clusterSchema, compiled: compiledSchema() }).map(([, shape]) => shape);
  const entries = fieldsOf("", top, { order: [] }).flatMap((section) => sectionOf(section, examples));
  return {
    fields: entries.flatMap(({ field }) => field ?? []),
    alike: entries.flatMap(({ alike }) => alike ?? []),
    problems: Object.fromEntries(
      Object.entries(told).map(([code, words]) => [code, { ...words, waivable: waivable.includes(code) }]),
    ),
  };
}

/** Open is a field that was met on the way down and is not described yet. */
interface Open extends Parent {
  readonly path: string;
  readonly declarations: readonly Declaration[];
}

interface Declaration extends Alternative {
  readonly only: string | undefined;
}

interface Parent {
  /** order in the schema: each field's number among its parent's, from the top. */
  readonly order: readonly number[];
  /** inherited: the effect of a change that a field has where it says none of its own. */
  readonly inherited?: { readonly change: string; readonly from: string };
}

interface Entry extends Parent {
  readonly field?: Field;
  readonly alike?: Likeness;
  readonly inside: readonly Open[];
}

function sectionOf(section: Open, examples: readonly unknown[]): Entry[] {
  const described = new Map<string, string>();
  const entries: Entry[] = [];
  for (let level: readonly Open[] = [section]; level.length > 0;) {
    const found = level.map((open) => entryOf(open, described, examples));
    entries.push(...found);
    level = found.flatMap(({ inside }) => inside);
  }
  return entries.sort((a, b) => compared(a.order, b.order));
}

function entryOf(open: Open, described: Map<string, string>, examples: readonly unknown[]): Entry {
  const { path, declarations, order } = open;
  const places = new Set(declarations.map(({ compiled }) => described.get(compiled.declared)));
  const [as] = places;
  if (as !== undefined && places.size === 1) {
    const [{ only } = { only: undefined }] = declarations;
    return { order, alike: { path, as, ...(only === undefined ? {} : { only }) }, inside: [] };
  }
  for (const { compiled } of declarations) described.set(compiled.declared, path);
  const readings = declarations.map((declaration) => readingOf(declaration, open, examples));
  const [own] = readings;
  const inherited = own && { change: own.change, from: own.inherited ?? path };
  const below = declarations.flatMap((declaration) => shapesBelow(declaration));
  const groups = grouped(below, ([hop]) => hop).map(([hop, found]) => ({
    prefix: `${path}${hop}`,
    shapes: distinct(found.map(([, shape]) => shape)),
  }));
  return {
    order,
    field: { path, readings, choices: groups.flatMap(({ shapes }) => choicesAmong(shapes)) },
    inside: groups.flatMap(({ prefix, shapes }, index) =>
      fieldsOf(`${prefix}.`, shapes, { order: [...order, index], ...(inherited && { inherited }) }),
    ),
  };
}

function fieldsOf(prefix: string, shapes: readonly Shape[], { order, inherited }: Parent): Open[] {
  const names = [...new Set(shapes.flatMap((shape) => [...shape.keys()]))];
  return names.map((name, index) => ({
    path: `${prefix}${name}`,
    declarations: declarationsOf(name, shapes),
    order: [...order, index],
    ...(inherited && { inherited }),
  }));
}

/** declarationsOf a field in all shapes that have it, each once. */
function declarationsOf(name: string, shapes: readonly Shape[]): Declaration[] {
  const having = shapes.flatMap((shape) => {
    const field = shape.get(name);
    return field === undefined ? [] : [{ shape, field }];
  });
  return grouped(having, ({ field }) => field.compiled.declared).flatMap(([, same]) => {
    const [first] = same;
    const only = onlyWhere(
      name,
      same.map(({ shape }) => shape),
      shapes,
    );
    return first === undefined ? [] : [{ ...first.field, only }];
  });
}

function readingOf(
  { schema, compiled, only }: Declaration,
  { path, inherited }: Open,
  examples: readonly unknown[],
): Reading {
  const { meaning, problems, change, unit, default: byDefault } = commentOf(compiled.comment);
  const forms = formsOf(schema, compiled);
  const example = exampleOf(path, schema, examples);
  return {
    ...(only === undefined ? {} : { only }),
    meaning,
    forms: forms.map(({ text }) => text),
    ...(unit === undefined ? {} : { unit }),
    required: !(schema instanceof z.ZodOptional),
    ...(byDefault === undefined ? {} : { default: byDefault }),
    ...(example === undefined ? {} : { example }),
    change: change ?? inherited?.change ?? "",
    ...(change === undefined && inherited !== undefined ? { inherited: inherited.from } : {}),
    problems: [...new Set([...problems, ...forms.flatMap((form) => form.problems)])],
  };
}

function compared(a: readonly number[], b: readonly number[]): number {
  const at = a.findIndex((number, index) => number !== b[index]);
  return at < 0 ? a.length - b.length : (a[at] ?? 0) - (b[at] ?? -1);
}

function grouped<T>(values: readonly T[], keyOf: (value: T) => string): [string, T[]][] {
  const groups = new Map<string, T[]>();
  for (const value of values) groups.set(keyOf(value), [...(groups.get(keyOf(value)) ?? []), value]);
  return [...groups];
}
