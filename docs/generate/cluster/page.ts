import { listOf } from "../../../config/words";
import type { Field, Reading, Reference } from "../../../reference/entry";
import { find, type Line } from "../../../reference/find";
import { anchorOf, defaultText, meaningOf, nameOf, typeText } from "../../../reference/words";

/** clusterPage, docs/reference/cluster.md: every field of a cluster file, in the order of the schema. */
export function clusterPage(reference: Reference): string {
  const sections = reference.fields.filter(({ path }) => path === sectionOf(path));
  return `# Every field of cluster.ts

Made from the comments in \`config/schema\` by \`npm run golden\`. \`./slipway explain workers.disk\` prints the same about one
field. \`<name>\` stands for a name of your own, \`[]\` for each element of a list.

## How to read it

**Change** says what a deploy does when the field is edited. A field that says nothing of its own has the effect of the
one that it is in.

| change | a deploy |
| --- | --- |
| in place | changes it while everything runs |
| restarts the machine | changes it, and the machine restarts |
| replaces it | destroys it, and makes it again with nothing of what was in it |
| new nodes only | writes it for machines that are made from then on; those that run keep what they have |
| never after first deploy | would break or replace what runs; choose it before the first deploy |

**Problems** are what \`./slipway validate\` may say about the field; [the list at the end](#problems) has one line for each.
A value of another type is \`schema/type\`, one out of bounds \`schema/bounds\`, a field that there is none of
\`schema/unknown-field\`, a required one that is not there \`schema/missing\`, everywhere.

## Contents

${sections.map((section) => contentsOf(section, reference)).join("\n")}
- [Problems](#problems)

${sections.map((section) => sectionText(section, reference)).join("\n\n")}

## Problems

A warning leaves a deploy possible. Where a reason can be given in [\`accept\`](#accept), the problem goes away with it.

| code | | why it is told, by an example |
| --- | --- | --- |
${problemRows(reference).join("\n")}
`;
}

/** contentsOf a section: it, and what is directly in it that has fields itself. */
function contentsOf(section: Field, reference: Reference): string {
  const within = linesOf(section.path, reference).filter(
    ({ path, field }) => path === field.path && linesOf(path, reference).length > 0,
  );
  const links = within.map(({ name, path }) => `[${name}](#${anchorOf(path)})`);
  return `- ${linkTo(section.path)}${links.length === 0 ? "" : `: ${links.join(", ")}`}`;
}

/** sectionText: a heading for each field that has fields, and below it those that have none. */
function sectionText(section: Field, reference: Reference): string {
  return reference.fields
    .filter(({ path }) => path === section.path || isBelow(path, section.path))
    .filter(({ path }) => path === section.path || linesOf(path, reference).length > 0)
    .map((field) => holderText(field, reference))
    .join("\n\n");
}

function holderText(field: Field, reference: Reference): string {
  const { path, readings, choices } = field;
  const lines = linesOf(path, reference);
  return [
    `${path === sectionOf(path) ? "##" : "###"} \`${path}\``,
    ...readings.map((reading) => `${meaningIn(reading, field)}\n\n${factsOf(reading).join(" · ")}`),
    ...(choices.length === 0 ? [] : [choicesText(choices)]),
    ...(lines.length === 0
      ? []
      : [[...lines.flatMap((line) => lineText(line, reference)), ...alikeTexts(lines)].join("\n")]),
  ].join("\n\n");
}

/** lineText of a field: all of it, or where it has fields a link to what is said of it. */
function lineText({ name, path, field, only }: Line, reference: Reference): string[] {
  const [first, ...others] = field.readings;
  if (path !== field.path || first === undefined) return [];
  if (linesOf(path, reference).length > 0) {
    const where = only === undefined ? "" : ` *(${only})*`;
    return [`- ${continued(`**[\`${name}\`](#${anchorOf(path)})**${where}`, first, path)}`];
  }
  const label = `<a id="${anchorOf(path)}"></a>**\`${name}\`**`;
  if (others.length > 0) {
    const readings = field.readings.map(
      (reading) => `  - ${meaningIn(reading, field)}<br>${factsOf(reading).join(" · ")}`,
    );
    return [`- ${label}`, ...readings];
  }
  const where = first.only === undefined ? "" : ` *(${first.only})*`;
  return [`- ${continued(`${label}${where}`, first, path)}<br>${factsOf(first).join(" · ")}`];
}

/** continued: a label, and the meaning behind it without the name that the label has already. */
function continued(label: string, reading: Reading, path: string): string {
  const marked = `\`${nameOf(path)}\``;
  const meaning = meaningOf(reading, path);
  return meaning.startsWith(marked) ? `${label}${meaning.slice(marked.length)}` : `${label}: ${meaning}`;
}

/** alikeTexts: fields that are described at another path, one line for each place. */
function alikeTexts(lines: readonly Line[]): string[] {
  const alike = lines.filter(({ path, field }) => path !== field.path);
  const groups = new Map<string, Line[]>();
  for (const line of alike) {
    const title = `${hopOf(line.name)}as in \`${holderOf(line.field.path)}\`${line.only === undefined ? "" : `, ${line.only}`}`;
    groups.set(title, [...(groups.get(title) ?? []), line]);
  }
  return [...groups].map(([title, same]) => {
    const links = same.map(({ name, field }) => `[\`${nameOf(name)}\`](#${anchorOf(field.path)})`);
    return `- ${title}: ${links.join(", ")}`;
  });
}

/** hopOf a name that stands below any name, or in any element. */
function hopOf(name: string): string {
  const [, hop = ""] = /^(.*)\.[^.]+$/.exec(name) ?? [];
  return hop === "" ? "" : `each \`${hop}\` `;
}

function meaningIn(reading: Reading, { path, readings }: Field): string {
  const { only } = reading;
  if (only === undefined) return meaningOf(reading, path);
  return `**${upperCased(only)}**${readings.length > 1 ? ": " : ". "}${meaningOf(reading, path)}`;
}

function factsOf(reading: Reading): string[] {
  const { required, default: byDefault, change, problems, example } = reading;
  const codes = problems.map((code) => `[${code}](#${problemAnchor(code)})`);
  return [
    typeText(reading),
    ...(required ? ["required"] : []),
    ...(byDefault === undefined ? [] : [`default: ${defaultText(byDefault)}`]),
    ...(example === undefined ? [] : [`example: \`${example}\``]),
    ...(change === "" ? [] : [`change: ${change}`]),
    ...(codes.length === 0 ? [] : [`problems: ${codes.join(", ")}`]),
  ];
}

function choicesText(choices: readonly (readonly string[])[]): string {
  const groups = choices.map((group) =>
    listOf(
      group.map((name) => `\`${name}\``),
      "or",
    ),
  );
  return `It has one of ${groups.join(", and one of ")}.`;
}

function problemRows({ problems }: Reference): string[] {
  return Object.entries(problems)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([code, { severity, waivable, why }]) => {
      const kind = `${severity}${waivable ? ", may be accepted" : ""}`;
      return `| <a id="${problemAnchor(code)}"></a>\`${code}\` | ${kind} | ${why.replaceAll("|", "\\|").replaceAll("<", "&lt;")} |`;
    });
}

function linesOf(path: string, reference: Reference): readonly Line[] {
  const found = find(reference, path);
  return "unknown" in found ? [] : found.fields;
}

function isBelow(path: string, holder: string): boolean {
  return path.startsWith(`${holder}.`) || path.startsWith(`${holder}[`);
}

function sectionOf(path: string): string {
  return path.replace(/[.[].*$/, "");
}

function holderOf(path: string): string {
  return path.replace(/\.[^.]+$/, "");
}

function linkTo(path: string): string {
  return `[\`${path}\`](#${anchorOf(path)})`;
}

function problemAnchor(code: string): string {
  return `problem-${code.replace("/", "-")}`;
}

function upperCased(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
