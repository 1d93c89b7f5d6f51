import { nearest } from "../config/nearest";
import type { Field, Likeness, Reference } from "./entry";

/** Found is what a path leads to: a field, or an entry of one, such as `services.hello`, that only has fields. */
export interface Found {
  /** path as the reference writes it: `<name>` for any name, `[]` for any element. */
  readonly path: string;
  readonly field?: Field;
  readonly fields: readonly Line[];
}

/** Line of a list of fields; a field that is described at another path is told by that one. */
export interface Line {
  readonly name: string;
  readonly path: string;
  readonly only?: string;
  readonly field: Field;
}

/** Unknown: the first part of a path that nothing is called, and what may have been meant. */
export interface Unknown {
  readonly unknown: string;
  readonly within: string;
  readonly meant: readonly string[];
}

/** find what a path of a cluster file leads to: `workers.disk`, `routes[3].host`, `services.hello.port`. */
export function find(reference: Reference, path: string): Found | Unknown {
  const known = knownOf(reference);
  const parts = partsOf(path);
  let place = "";
  for (const [index, part] of parts.entries()) {
    const next =
      index === parts.length - 1 && isSlip(known, place, part) ? undefined : inside(known, place, part);
    if (next === undefined) return { unknown: part, within: place, meant: meantBy(known, place, part) };
    place = next;
  }
  const field = known.fields.get(place);
  return { path: place, ...(field === undefined ? {} : { field }), fields: linesBelow(known, place) };
}

interface Known {
  readonly fields: ReadonlyMap<string, Field>;
  readonly alike: ReadonlyMap<string, Likeness>;
  readonly paths: readonly string[];
}

function knownOf({ fields, alike }: Reference): Known {
  return {
    fields: new Map(fields.map((field) => [field.path, field])),
    alike: new Map(alike.map((likeness) => [likeness.path, likeness])),
    paths: [...fields, ...alike].map(({ path }) => path),
  };
}

/** partsOf a path: `routes[3].paths["/api"].to` is routes, 3, /api and to. */
function partsOf(path: string): string[] {
  return [...path.matchAll(/\[(?:"([^"]*)"|([^\]]*))\]|([^.[\]]+)/g)].map(
    ([, quoted, index, name]) => quoted ?? index ?? name ?? "",
  );
}

/** inside a place, where a part leads: to a field, under any name, to any element. */
function inside(known: Known, place: string, part: string): string | undefined {
  const below = place === "" ? part : `${place}.${part}`;
  if (known.fields.has(below)) return below;
  const likeness = known.alike.get(below);
  if (likeness !== undefined) return likeness.as;
  const hop = hopBelow(known, place);
  if (hop === "[]") return /^\d*$/.test(part) ? `${place}[]` : inside(known, `${place}[]`, part);
  if (hop !== undefined) return `${place}${hop}`;
  const forms = known.fields.get(place)?.readings.flatMap((reading) => reading.forms) ?? [];
  return forms.some((form) => form.includes(" → ") || form.startsWith("a list")) ? place : undefined;
}

/** isSlip: where both a field and a name of one's own may stand, what looks like a field and ends there was meant as one. */
function isSlip(known: Known, place: string, part: string): boolean {
  const own = linesBelow(known, place)
    .map(({ name }) => name)
    .filter((name) => !name.includes("."));
  return (
    hopBelow(known, place)?.startsWith(".") === true &&
    nearest(part, own) !== undefined &&
    !own.includes(part)
  );
}

function hopBelow({ paths }: Known, place: string): string | undefined {
  if (place === "") return undefined;
  return paths
    .filter((path) => path.startsWith(place))
    .map((path) => /^(?:\.<[^>]+>|\[\])/.exec(path.slice(place.length))?.[0])
    .find((hop) => hop !== undefined);
}

function linesBelow(known: Known, place: string): Line[] {
  return known.paths.flatMap((path) => {
    const name = nameBelow(place, path);
    if (name === undefined) return [];
    const likeness = known.alike.get(path);
    const field = known.fields.get(likeness?.as ?? path);
    if (field === undefined) return [];
    const only = likeness?.only ?? (likeness === undefined ? onlyOf(field) : undefined);
    return [{ name, path, field, ...(only === undefined ? {} : { only }) }];
  });
}

/** onlyOf a field that has one meaning; one with several says it of each. */
function onlyOf({ readings }: Field): string | undefined {
  return readings.length === 1 ? readings[0]?.only : undefined;
}

/** nameBelow a place that a path has: `<name>.port` below services. */
function nameBelow(place: string, path: string): string | undefined {
  if (place === "") return /^[^.[]+$/.exec(path)?.[0];
  if (!path.startsWith(place)) return undefined;
  const [, hop = "", name] = /^((?:\.<[^>]+>|\[\])*)\.([^.<[]+)$/.exec(path.slice(place.length)) ?? [];
  return name === undefined ? undefined : `${hop.replace(/^\./, "")}${hop === "" ? "" : "."}${name}`;
}

/** meantBy a part that is unknown: the nearest name there, or every field anywhere that is called so. */
function meantBy(known: Known, place: string, part: string): string[] {
  const near = nearest(
    part,
    linesBelow(known, place).map(({ name }) => name),
  );
  if (near !== undefined) return [place === "" ? near : `${place}.${near}`];
  const lastOf = (path: string) => path.split(".").at(-1) ?? "";
  const described = [...known.fields.keys()];
  const same = described.filter((path) => lastOf(path) === part);
  if (same.length > 0) return same;
  const likely = nearest(part, described.map(lastOf));
  return described.filter((path) => lastOf(path) === likely);
}
