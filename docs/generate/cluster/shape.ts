import { z } from "zod";
import type { Compiled } from "./compiled";
import { placeholderOf } from "./form";

/** Alternative is a value of the schema in both its forms: at run time, and as the compiler sees it. */
export interface Alternative {
  readonly schema: z.core.$ZodType;
  readonly compiled: Compiled;
}

/** Shape is one object that may stand at a path, by its fields. */
export type Shape = ReadonlyMap<string, Alternative>;

/** shapesBelow a value: the path from it to an object, such as `.<name>` or `[]`, and what that object may be. */
export function shapesBelow({ schema, compiled }: Alternative, path = ""): (readonly [string, Shape])[] {
  const inside = (inner: z.core.$ZodType, ...names: string[]) => ({
    schema: inner,
    compiled: compiled.inside("def", ...names),
  });
  if (compiled.refersTo() !== undefined) return [];
  if (schema instanceof z.ZodOptional) return shapesBelow(inside(schema.unwrap(), "innerType"), path);
  if (schema instanceof z.ZodPipe) return shapesBelow(inside(schema.in, "in"), path);
  if (schema instanceof z.ZodUnion)
    return schema.options.flatMap((option, index) =>
      shapesBelow(inside(option, "options", String(index)), path),
    );
  if (schema instanceof z.ZodRecord)
    return shapesBelow(inside(schema.valueType, "valueType"), `${path}.${placeholderOf(schema)}`);
  if (schema instanceof z.ZodArray) return shapesBelow(inside(schema.element, "element"), `${path}[]`);
  if (!(schema instanceof z.ZodObject)) return [];
  const fields = new Map<string, z.core.$ZodType>(Object.entries(schema.shape));
  return [[path, new Map([...fields].map(([name, field]) => [name, inside(field, "shape", name)]))]];
}

/** distinct shapes: one that was reached by two ways counts once. */
export function distinct(shapes: readonly Shape[]): Shape[] {
  const declared = (shape: Shape) => [...shape.values()].map(({ compiled }) => compiled.declared).join();
  return shapes.filter(
    (shape, index) => shapes.findIndex((one) => declared(one) === declared(shape)) === index,
  );
}

/** choicesAmong shapes: groups of fields of which each shape must have exactly one, `host` or `hosts`. */
export function choicesAmong(shapes: readonly Shape[]): string[][] {
  const keys = marksOf(shapes).filter(({ key }) => key);
  const groups: Mark[][] = [];
  for (const first of keys) {
    if (groups.flat().includes(first)) continue;
    const group = keys.reduce<Mark[]>(
      (found, mark) => (found.some((other) => meet(mark.of, other.of)) ? found : [...found, mark]),
      [first],
    );
    if (new Set(group.flatMap(({ of }) => [...of])).size === shapes.length) groups.push(group);
  }
  return groups.map((group) => group.map(({ field }) => field));
}

/** onlyWhere some of the shapes have a field: by what they are told from the others; undefined = all have it. */
export function onlyWhere(
  name: string,
  having: readonly Shape[],
  shapes: readonly Shape[],
): string | undefined {
  if (having.length === shapes.length) return undefined;
  const all = marksOf(shapes);
  const tellsItself = all.some(
    ({ key, field, of }) => key && field === name && having.every((shape) => of.has(shape)),
  );
  if (tellsItself) return undefined;
  const marks = all.filter(({ field }) => field !== name);
  const others = shapes.filter((shape) => !having.includes(shape));
  const these = covering(marks, having);
  const those = covering(marks, others);
  if (these !== undefined && (those === undefined || these.length <= those.length))
    return `with ${these.map(({ text }) => text).join(" or ")}`;
  return those && `without ${those.map(({ text }) => text).join(" and ")}`;
}

/** Mark that tells shapes from each other: a field that only these have and must have, or a word in it. */
interface Mark {
  readonly field: string;
  readonly text: string;
  readonly key: boolean;
  readonly of: ReadonlySet<Shape>;
}

function marksOf(shapes: readonly Shape[]): Mark[] {
  const names = [...new Set(shapes.flatMap((shape) => [...shape.keys()]))];
  const keys = names.flatMap((name): Mark[] => {
    const having = shapes.filter((shape) => shape.has(name));
    const always = having.every((shape) => !(shape.get(name)?.schema instanceof z.ZodOptional));
    return always && having.length < shapes.length
      ? [{ field: name, text: `\`${name}\``, key: true, of: new Set(having) }]
      : [];
  });
  const kinds = names.flatMap((name): Mark[] => {
    const said = shapes.map((shape) => wordsOf(shape.get(name)?.schema));
    const words = [...new Set(said.filter((word) => word !== ""))];
    return (words.length > 1 ? words : []).map((word) => ({
      field: name,
      text: `\`${name}: ${word}\``,
      key: false,
      of: new Set(shapes.filter((_, index) => said[index] === word)),
    }));
  });
  return [...keys, ...kinds];
}

/** wordsOf a field that may be certain texts only, as one word. */
function wordsOf(schema: z.core.$ZodType | undefined): string {
  const inner = schema instanceof z.ZodOptional ? schema.unwrap() : schema;
  const values =
    inner instanceof z.ZodLiteral ? [...inner.values] : inner instanceof z.ZodEnum ? inner.options : [];
  return values
    .filter((value) => typeof value === "string")
    .map((value) => JSON.stringify(value))
    .join(" | ");
}

/** covering: the fewest marks, found greedily, that all of these shapes have and no other has. */
function covering(marks: readonly Mark[], shapes: readonly Shape[]): Mark[] | undefined {
  const within = marks.filter(({ of }) => [...of].every((shape) => shapes.includes(shape)));
  const found: Mark[] = [];
  let open = [...shapes];
  while (open.length > 0) {
    const gain = ({ of }: Mark) => open.filter((shape) => of.has(shape)).length;
    const [best] = [...within].sort((a, b) => gain(b) - gain(a));
    if (best === undefined || gain(best) === 0) return undefined;
    found.push(best);
    open = open.filter((shape) => !best.of.has(shape));
  }
  return found;
}

function meet(some: ReadonlySet<Shape>, others: ReadonlySet<Shape>): boolean {
  return [...some].some((shape) => others.has(shape));
}
