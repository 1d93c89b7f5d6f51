import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Argument, type Command } from "commander";
import { offering } from "./completion/offer";
import { asJson, jsonOption, type JsonOption } from "./json-option";
import { type KeysOf, manual } from "./manual";
import { Mistake } from "./mistake";
import type { Explained } from "./explain/explained";

export function addExplain(program: Command): void {
  const command = program
    .command("explain")
    .description("say what a field of the cluster file means, and what a change of it does")
    .addArgument(pathArgument())
    .addOption(jsonOption())
    .action(async (path: string | undefined, { json }: JsonOption) => {
      const { reference } = await import("../reference/entry");
      const { find } = await import("../reference/find");
      const { explainedOf } = await import("./explain/explained");
      const { explainedText } = await import("./explain/text");
      const known = reference.parse(JSON.parse(readFileSync(stored, "utf8")));
      const found = find(known, path ?? "");
      if ("unknown" in found) throw new Mistake(unknownText(found));
      const explained = explainedOf(path ?? "", found, known);
      process.stdout.write(json === true ? asJson(explained) : explainedText(explained));
    });
  manual(command, {
    group: "write",
    needs: "nothing: it is about the file, and reads none.",
    examples: [
      { line: "./slipway explain workers.disk", says: "type, default, effect of a change, problems" },
      { line: "./slipway explain routes[].edge", says: "a section: its fields, one line each" },
      { line: "./slipway explain --json rke2.version", says: "the same for a script" },
    ],
    json: { form: "an object", keys },
  });
}

/** pathArgument completes down to the depth that is being written; a path with a name of the operator's own is typed. */
function pathArgument(): Argument {
  const argument = new Argument(
    "[path]",
    "of the field, as workers.disk; without one, all sections are listed",
  );
  return offering(argument, async (_given, written) => {
    const { reference } = await import("../reference/entry");
    const { fields } = reference.parse(JSON.parse(readFileSync(stored, "utf8")));
    const depth = written.split(".").length;
    const paths = fields.map(({ path }) => path).filter((path) => !/[<[]/.test(path));
    const near = paths.filter((path) => path.split(".").length <= depth);
    return { kind: "beginnings", words: near.map((text) => ({ text })) };
  });
}

const stored = join(__dirname, "..", "docs/reference/cluster.json");

const keys: KeysOf<Explained> = {
  path: "as the reference writes it: <name> for any name, [] for any element",
  readings: "an array: what it means, once for each shape that has it differently",
  choices: "an array of groups of fields, of each of which exactly one is written",
  fields: "an array: name, path and meaning of each field in it",
  problems: "of validate, by their codes: severity, and why one is told",
  page: "the place in docs/reference/cluster.md",
};

function unknownText({
  unknown,
  within,
  meant,
}: {
  unknown: string;
  within: string;
  meant: readonly string[];
}): string {
  const where = within === "" ? "A cluster file" : within;
  const shown = meant.slice(0, 8);
  const fix =
    shown.length === 0 ? `./slipway explain${within === "" ? "" : ` '${within}'`}` : shown.join("\n       ");
  return `${where} has no field ${unknown}.\n  ${shown.length === 0 ? "see" : "near"} ${fix}`;
}
