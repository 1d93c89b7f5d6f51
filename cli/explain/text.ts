import { listOf } from "../../config/words";
import type { ProblemMeaning, Reading } from "../../reference/entry";
import { defaultText, typeText } from "../../reference/words";
import type { Explained } from "./explained";

/** width that texts are broken at, in columns. */
const width = 96;

/** explainedText for a terminal: what a field means, how it is written, what a change does, what may be wrong. */
export function explainedText({ path, readings, choices, fields, problems, page }: Explained): string {
  return `${[
    ...(path === "" ? [] : [path]),
    ...readings.map((reading) => readingText(reading, problems)),
    ...choices.map((group) => `  It has one of ${listOf(group, "or")}.`),
    ...(fields.length === 0 ? [] : [fieldsText(fields)]),
    `  ${page}`,
  ].join("\n\n")}\n`;
}

function readingText(reading: Reading, problems: Explained["problems"]): string {
  const { only, meaning, required, default: byDefault, example, change, inherited } = reading;
  return [
    ...wrapped("  ", only === undefined ? meaning : `${only}: ${meaning}`),
    "",
    ...item("write", typeText(reading)),
    ...item("default", required ? "none: it has to be there" : defaultText(byDefault ?? "")),
    ...(example === undefined ? [] : item("example", example)),
    ...(change === ""
      ? []
      : item("change", `${change}${inherited === undefined ? "" : ` (as ${inherited})`}`)),
    ...reading.problems.flatMap((code, index) =>
      item(index === 0 ? "problems" : "", problemText(code, problems[code])),
    ),
  ]
    .map((line) => line.replaceAll("`", ""))
    .join("\n");
}

function problemText(code: string, problem: ProblemMeaning | undefined): string {
  if (problem === undefined) return code;
  const { severity, waivable, why } = problem;
  const kind = `${severity === "warning" ? "warning" : ""}${waivable ? " may be accepted" : ""}`.trim();
  return `${code}${kind === "" ? "" : ` (${kind.replace("g m", "g, m")})`}: ${why}`;
}

function fieldsText(fields: Explained["fields"]): string {
  const longest = Math.max(...fields.map(({ name }) => name.length));
  return fields
    .map(({ name, meaning }) => {
      const room = width - longest - 4;
      const line = meaning.replaceAll("`", "");
      return `  ${name.padEnd(longest)}  ${line.length > room ? `${line.slice(0, room - 1)}…` : line}`;
    })
    .join("\n");
}

function item(label: string, text: string): string[] {
  const [first = "", ...rest] = wrapped("            ", text);
  return [`  ${label.padEnd(10)}${first.trimStart()}`, ...rest];
}

function wrapped(indent: string, text: string): string[] {
  const lines = [""];
  for (const word of text.split(" ")) {
    const last = lines.at(-1) ?? "";
    if (last !== "" && indent.length + last.length + word.length >= width) lines.push(word);
    else lines[lines.length - 1] = last === "" ? word : `${last} ${word}`;
  }
  return lines.map((line) => `${indent}${line}`);
}
