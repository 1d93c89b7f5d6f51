import type { Argument, Command, Option } from "commander";
import { groups } from "../../cli/groups";
import { type Example, type Json, type Manual, manualOf, statusesOf } from "../../cli/manual";

/** commandsPage, docs/reference/commands.md: every command as its help has it. */
export function commandsPage(program: Command): string {
  const commands = visibleCommands(program);
  const sections = Object.entries(groups).flatMap(([group, heading]) => {
    const own = commands.filter((command) => manualOf(command)?.group === group);
    return own.length === 0 ? [] : [`## ${heading.replace(/:$/, "")}\n\n${own.map(sectionOf).join("\n\n")}`];
  });
  return `# Commands

Made from the commands by \`npm run golden\`; \`./slipway <command> --help\` says the same. They are run in the project's
folder. \`cluster.ts\` is the cluster file; \`--cluster\` or \`SLIPWAY_CLUSTER\` names another one, \`--cluster\` first.

- What is asked for goes to standard output; progress and the reason of a failure go to standard error.
- \`--json\` prints one JSON value and nothing else. Keys are added, never renamed or dropped without saying so in the log.
- A mistake on the command line ends with status 1.
- Colours are for a terminal only; \`NO_COLOR\` switches them off.

${table(["command", "does"], commands.map(overview))}

${sections.join("\n\n")}
`;
}

/** visibleCommands that a program has registered, in the order of its help. */
export function visibleCommands(program: Command): Command[] {
  return program.createHelp().visibleCommands(program);
}

function overview(command: Command): string[] {
  return [`[${command.name()}](#${anchorOf(command)})`, escaped(command.description())];
}

/** anchorOf a command's heading, as GitHub and GitLab make it: punctuation goes, a space is a dash. */
function anchorOf(command: Command): string {
  return `slipway-${command.name()}`;
}

function sectionOf(command: Command): string {
  const words = manualOf(command);
  if (words === undefined) throw new Error(`${command.name()} was registered without a manual`);
  const synopsis = `${command.parent?.name() ?? ""} ${command.name()} ${command.usage()}`;
  return [
    `### ./slipway ${command.name()}`,
    `\`\`\`text\n${synopsis}\n\`\`\``,
    `${sentence(command.description())} Needs ${escaped(words.needs)}`,
    ...tables(command, words),
    examplesOf(words.examples),
  ].join("\n\n");
}

function tables(command: Command, words: Manual): string[] {
  const { registeredArguments } = command;
  return [
    ...(registeredArguments.length === 0
      ? []
      : [table(["argument", ""], registeredArguments.map(argumentRow))]),
    table(["option", "", "default"], command.createHelp().visibleOptions(command).map(optionRow)),
    table(
      ["exit status", ""],
      statusesOf(words).map(([status, means]) => [status, escaped(means)]),
    ),
    ...(words.json === undefined ? [] : [jsonOf(words.json)]),
  ];
}

function argumentRow(argument: Argument): string[] {
  const name = argument.required ? `<${argument.name()}>` : `[${argument.name()}]`;
  return [code(name), [escaped(argument.description), ...choicesOf(argument)].join(": ")];
}

function optionRow(option: Option): string[] {
  const environment = option.envVar === undefined ? [] : [`(or ${code(option.envVar)})`];
  const means = [escaped(option.description), ...choicesOf(option)].join(": ");
  return [code(option.flags), [means, ...environment].join(" "), defaultOf(option)];
}

function choicesOf({ argChoices = [] }: Option | Argument): string[] {
  return argChoices.length === 0 ? [] : [argChoices.map(code).join(", ")];
}

function defaultOf({ defaultValue, defaultValueDescription }: Option): string {
  if (defaultValueDescription !== undefined) return escaped(defaultValueDescription);
  return typeof defaultValue === "string" ? code(defaultValue) : "";
}

function jsonOf({ form, keys }: Json): string {
  const rows = Object.entries(keys).map(([key, means]) => [code(key), escaped(means)]);
  return `\`--json\` prints ${form}:\n\n${table(["key", ""], rows)}`;
}

function examplesOf(examples: readonly Example[]): string {
  const longest = Math.max(...examples.map(({ line }) => line.length));
  return ["```sh", ...examples.map(({ line, says }) => `${line.padEnd(longest)}  # ${says}`), "```"].join(
    "\n",
  );
}

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${escaped(text.slice(1))}.`;
}

function code(text: string): string {
  return `\`${text.replaceAll("|", "\\|")}\``;
}

/** escaped for Markdown, but for what stands in backticks; a page of docs/ becomes a link. */
function escaped(text: string): string {
  return text
    .split("`")
    .map((part, index) =>
      index % 2 === 0 ? linked(part.replace(/[<*|]/g, "\\$&")) : part.replaceAll("|", "\\|"),
    )
    .join("`");
}

function linked(text: string): string {
  return text.replace(/docs\/([\w/-]+\.md)/g, "[$&](../$1)");
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}
