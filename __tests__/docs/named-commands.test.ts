import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { slipway } from "../../cli/program";
import { visibleCommands } from "../../docs/generate/commands";

const project = join(__dirname, "../..");
const howTo = readdirSync(join(project, "docs/how-to")).map((page) => `docs/how-to/${page}`);
const commands = new Map(visibleCommands(slipway()).map((command) => [command.name(), command]));

/** named: every `./slipway …` of the pages, in a block or in a sentence, each once. */
const named = ["README.md", ...howTo].flatMap((page) => {
  const text = readFileSync(join(project, page), "utf8");
  const found = [...text.matchAll(/\.\/slipway ([a-z]+)([^`\n|&;)#]*)/g)];
  return found.map(([line, name = "", rest = ""]) => ({ page, line: line.trim(), name, rest }));
});

test("the pages name many commands", () => {
  expect(new Set(named.map(({ name }) => name)).size).toBeGreaterThan(10);
});

test("every command that a page names is one, with every option that stands behind it", () => {
  const unknown = named.filter(({ name, rest }) => {
    const command = commands.get(name);
    const options = ["--help", ...(command?.options.map(({ long }) => long) ?? [])];
    return (
      command === undefined || (rest.match(/(?<=\s)--[a-z-]+/g) ?? []).some((one) => !options.includes(one))
    );
  });
  expect(unknown.map(({ page, line }) => `${page}: ${line}`)).toEqual([]);
});
