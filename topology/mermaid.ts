import { light } from "./draw/palette";
import type { Box, End, Item, Part, Picture, Sheet } from "./picture";

/** mermaidOf a picture: a flowchart, as GitHub and GitLab draw it in Markdown. @see https://mermaid.js.org/syntax/flowchart.html */
export function mermaidOf({ sheets }: Picture): string {
  const names = sheets.map(({ title }) => title).join(", ");
  const lines = [
    "flowchart LR",
    `accTitle: Topology of ${names}`,
    `accDescr: ${sheets.map(({ description }) => description).join(" ")}`,
    ...sheets.flatMap((sheet, index) => sheetOf(sheet, `s${index}`)),
    ...Object.entries(light.heads).map(
      ([kind, [fill, border]]) => `classDef ${kind} fill:${fill},stroke:${border},color:${light.ink}`,
    ),
  ];
  return `${lines.join("\n")}\n`;
}

function sheetOf({ title, subtitle, parts }: Sheet, id: string): string[] {
  return [
    ...subgraph(
      id,
      [title, subtitle],
      parts.flatMap((part) => contentsOf(part, id)),
    ),
    ...parts.flatMap(({ name, arrows }) =>
      arrows.map(({ from, to }) => `${endId(from, `${id}_${name}`)} --> ${endId(to, `${id}_${name}`)}`),
    ),
  ];
}

function contentsOf({ name, columns, frame }: Part, sheet: string): string[] {
  const id = `${sheet}_${name}`;
  const drawn = (some: readonly (readonly Item[])[]) => some.flat().flatMap((item) => itemOf(item, id));
  return [
    ...drawn(columns.slice(0, frame.first)),
    ...subgraph(`${id}_frame`, [frame.title, frame.note], drawn(columns.slice(frame.first))),
  ];
}

function itemOf(item: Item, part: string): string[] {
  if (item.kind !== "room") return boxOf(item, part);
  const boxes = [...item.leading.flat(), ...item.following].flatMap((box) => boxOf(box, part));
  return subgraph(endId({ box: item.id }, part), [item.title, item.note], boxes);
}

/** boxOf: a node, or where it has rows a subgraph with a node for each. */
function boxOf({ id, kind, title, lines, rows }: Box, part: string): string[] {
  if (rows.length === 0) return [nodeOf(endId({ box: id }, part), [title, ...lines], kind)];
  return subgraph(
    endId({ box: id }, part),
    [title, ...lines],
    rows.map(({ id: row, text, note }) =>
      nodeOf(endId({ box: id, row }, part), note === "" ? [text] : [text, note], kind),
    ),
  );
}

function nodeOf(id: string, lines: readonly string[], kind: Box["kind"]): string {
  return `${id}["${labelOf(lines)}"]:::${kind}`;
}

function subgraph(id: string, lines: readonly string[], contents: readonly string[]): string[] {
  const title = labelOf([lines.join(", ")]);
  return [`subgraph ${id} ["${title}"]`, ...["direction LR", ...contents].map((line) => `  ${line}`), "end"];
}

/** endId of letters, digits and underscores; what else a name has becomes its code, so that two names stay two. */
function endId({ box, row }: End, part: string): string {
  const safe = (name: string) =>
    name.replaceAll(/[^A-Za-z0-9]/g, (character) => `_${character.charCodeAt(0)}`);
  return [part, safe(box), ...(row === undefined ? [] : [safe(row)])].join("__");
}

/** labelOf lines; what mermaid would read as its own is written as an entity. */
function labelOf(lines: readonly string[]): string {
  return lines
    .map((line) => line.replaceAll(/["#&<>`]/g, (character) => `#${character.codePointAt(0) ?? 0};`))
    .join("<br/>");
}
