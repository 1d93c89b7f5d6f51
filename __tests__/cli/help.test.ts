import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Command } from "commander";
import { type Manual, manualOf } from "../../cli/manual";
import { slipway } from "../../cli/program";
import { visibleCommands } from "../../docs/generate/commands";
import { skipped } from "../skipped";

const project = join(__dirname, "../..");
const names = visibleCommands(slipway()).map((command) => command.name());

describe.each(names)("%s", (name) => {
  const command = commandOf(slipway(), name);
  const words = manualOf(command);

  it("has a description, what it needs, an example and a group", () => {
    expect(command.description()).toMatch(/^[a-z].*[^.]$/);
    expect(words?.needs).toMatch(/^\S.*\.$/s);
    expect(words?.examples).not.toHaveLength(0);
    expect(command.helpGroup()).not.toBe("");
    for (const option of command.options) expect(option.description).toMatch(/\S/);
  });

  it("is told whole by its help, within 80 columns but for what is typed", () => {
    const help = helpOf(command);
    for (const title of ["Needs: ", "Examples:", "Exit status:"]) expect(help).toContain(`\n${title}`);
    const typed = (words?.examples ?? []).map(({ line }) => `  ${line}`);
    const long = help.split("\n").filter((line) => line.length > 80 && !typed.includes(line));
    expect(long).toEqual([]);
  });

  it("explains the keys of its JSON where it prints any", () => {
    const hasJson = command.options.some(({ long }) => long === "--json");
    expect(words?.json !== undefined).toBe(hasJson);
  });

  it("has a section of docs/reference/commands.md, and every page that its help names is there", () => {
    expect(readFileSync(join(project, "docs/reference/commands.md"), "utf8")).toContain(
      `\n### ./slipway ${name}\n`,
    );
    for (const [page] of helpOf(command).matchAll(/docs\/[\w/-]+\.md/g))
      expect([page, existsSync(join(project, page))]).toEqual([page, true]);
  });

  it.each(words?.examples ?? [])("takes $line", async ({ line }) => {
    for (const args of callsIn(line)) expect(await taken(args)).toBe(name);
  });
});

const answered = names.flatMap((name) => runnable(manualOf(commandOf(slipway(), name))));

it.each(answered)("an example that needs nothing is answered: $line", ({ line }) => {
  const { status, stdout, stderr } = shell(withoutPipe(line));
  expect([status, stderr]).toEqual([0, ""]);
  expect(stdout).toMatch(/\S/);
});

const filters = names.flatMap((name) =>
  (manualOf(commandOf(slipway(), name))?.examples ?? []).flatMap(({ line }) => line.match(/jq .*$/) ?? []),
);
const filtered = answered.filter(({ line }) => line.includes("| jq"));
if (spawnSync("jq", ["--version"]).status === 0) {
  it.each(filtered)("jq reads what it is given: $line", ({ line }) => {
    const { status, stderr } = shell(`set -o pipefail; ${line}`);
    expect([status, stderr]).toEqual([0, ""]);
  });
  it.each(filters)("jq understands %s", (filter) => {
    const compileError = 3;
    expect(shell(`echo null | ${filter}`).status).not.toBe(compileError);
  });
} else skipped("jq reads what the examples give it", "PATH has no jq");

describe("./slipway --help", () => {
  it("groups every command, and says where the whole of it stands", () => {
    const help = helpOf(slipway());
    expect(help).not.toContain("\nCommands:");
    for (const name of names) expect(help).toMatch(new RegExp(`^  ${name} `, "m"));
    expect(help).toContain("docs/reference/commands.md");
  });

  it("has nothing hidden but what the shells ask", () => {
    const all = slipway().commands.map((command) => command.name());
    expect(all.filter((name) => !names.includes(name))).toEqual(["complete"]);
  });
});

function commandOf(program: Command, name: string): Command {
  const found = program.commands.find((command) => command.name() === name);
  if (found === undefined) throw new Error(`${name} is not registered`);
  return found;
}

/** helpOf a command, with what stands below its options. */
function helpOf(command: Command): string {
  let printed = "";
  command.configureOutput({ writeOut: (text) => (printed += text) }).outputHelp();
  return printed;
}

/** taken: the command that these arguments call; commander refuses them by throwing. */
async function taken(args: readonly string[]): Promise<string | undefined> {
  const program = slipway();
  let called: string | undefined;
  for (const command of program.commands) {
    command.exitOverride().configureOutput({ writeErr: () => undefined });
    command.action(() => void (called = command.name()));
  }
  await program.exitOverride().parseAsync(args, { from: "user" });
  return called;
}

/** callsIn an example: the arguments of each ./slipway, as a shell parts them. */
function callsIn(line: string): string[][] {
  const calls = [...line.matchAll(/\.\/slipway (.*?)(?= [|>] |\)"|$)/g)].map(([, args = ""]) => args);
  return calls.map((args) => shell(`printf '%s\\n' ${args}`).stdout.trimEnd().split("\n"));
}

/** runnable examples of a command that needs nothing else: they leave nothing behind and ask nobody. */
function runnable(words: Manual | undefined): { line: string }[] {
  if (words === undefined || !/^nothing\b|^the cluster file\./.test(words.needs)) return [];
  return words.examples.filter(({ line }) => line.startsWith("./slipway ") && !/--live|--output/.test(line));
}

function withoutPipe(line: string): string {
  return line.split(" | ")[0] ?? line;
}

function shell(line: string) {
  return spawnSync("bash", ["-c", line], {
    cwd: project,
    encoding: "utf8",
    env: { ...process.env, SLIPWAY_CLUSTER: "" },
  });
}
