import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { complete } from "../../cli/completion/complete";
import { printed } from "../../cli/completion/printed";
import { slipway as program } from "../../cli/program";
import { visibleCommands } from "../../docs/generate/commands";
import { skipped } from "../skipped";
import { everyMatch, missingFor, pressed, shells, tab } from "./pressing";
import { slipway } from "./slipway";

const commands = visibleCommands(program()).map((command) => command.name());
const trap = join(tmpdir(), `slipway-trap-${process.pid}`);

/** lines: what TAB completes, the keys, and what stands there then. */
const lines: readonly (readonly [claim: string, keys: string, line: string])[] = [
  ["a command", `./slipway val${tab}`, "./slipway validate"],
  ["every command", `./slipway ${everyMatch}`, `./slipway ${commands.toSorted().join(" ")}`],
  ["an option", `./slipway plan --fo${tab}`, "./slipway plan --format"],
  ["an option's choices", `./slipway plan --format ${everyMatch}`, "./slipway plan --format markdown text"],
  ["a choice behind =", `./slipway plan --format=m${tab}`, "./slipway plan --format=markdown"],
  ["an argument's choices", `./slipway completion ${everyMatch}`, "./slipway completion bash zsh"],
  ["a cluster file", `./slipway bill --cluster ./cluster${tab}`, "./slipway bill --cluster ./cluster.ts"],
  ["a file behind =", `./slipway bill --cluster=load-c${tab}`, "./slipway bill --cluster=load-cluster.ts"],
  [
    "a file in a folder",
    `./slipway bill --cluster exam${tab}two-c${tab}`,
    "./slipway bill --cluster examples/two-clusters.ts",
  ],
  [
    "plans, one after another",
    `./slipway review --plan package.${tab} tscon${tab} --js${tab}`,
    "./slipway review --plan package.json tsconfig.json --json",
  ],
  [
    "a guard, its reason right behind",
    `./slipway deploy --allow quo${tab}old --y${tab}`,
    "./slipway deploy --allow quorum=old --yes",
  ],
  [
    "what follows a reason",
    `./slipway deploy --allow disks="a cache, no more" --y${tab}`,
    './slipway deploy --allow disks="a cache, no more" --yes',
  ],
  [
    "a URL of the routes, and what follows it",
    `./slipway trace ht${tab} --li${tab}`,
    "./slipway trace https://main.test.com/hello --live",
  ],
  [
    "a cluster of the file on the line",
    `./slipway kubeconfig --cluster examples/ha.ts h${tab}`,
    "./slipway kubeconfig --cluster examples/ha.ts ha",
  ],
  ["a field, level by level", `./slipway explain worke${tab}.dis${tab}`, "./slipway explain workers.disk"],
  ["a program in another folder", `~/lab/slipway val${tab}`, "~/lab/slipway validate"],
  [
    "behind what would do something, which is not done",
    `./slipway trace $(touch ${trap}) --li${tab}`,
    `./slipway trace $(touch ${trap}) --live`,
  ],
];

for (const shell of shells) {
  const missing = missingFor(shell);
  if (missing !== undefined) skipped(`TAB in ${shell}`, missing);
  else {
    describe(`TAB in ${shell} completes`, () => {
      const seen: string[] = [];
      beforeAll(() => {
        seen.push(
          ...pressed(
            shell,
            lines.map(([, keys]) => keys),
          ),
        );
      }, 300_000);

      it.each(lines.map((line, index) => [...line, index] as const))("%s", (_claim, _keys, line, index) => {
        expect(spaced(seen[index] ?? "")).toBe(line);
      });

      it("runs nothing that is on the line", () => expect(existsSync(trap)).toBe(false));
    });
  }
}

describe("what TAB offers", () => {
  it("has descriptions, which zsh shows", async () => {
    expect(await offered("val")).toBe(
      "words\nvalidate\tcheck the cluster file against every rule, and say how to mend it\n",
    );
  });

  it("is no option that the line has, but for one that may stand there again", async () => {
    expect(await offered("plan", "--json", "--")).not.toContain("--json");
    expect(await offered("plan", "--allow", "disks=old", "--al")).toContain("--allow\t");
  });

  it("is an option at once where there is nothing else to write", async () => {
    expect(await offered("validate", "")).toContain("\n--json\t");
    expect(await offered("trace", "https://main.test.com/hello", "")).toContain("\n--live\t");
  });

  it("is nothing for a command, an option or a value that nobody knows", async () => {
    const nothing = "words\n";
    expect(await offered("nonesuch", "--js")).toBe(nothing);
    expect(await offered("plan", "--nonesuch=")).toBe(nothing);
    expect(await offered("trace", "--from", "")).toBe(nothing);
  });

  it("is nothing, and no noise, where the cluster file is broken", () => {
    const { stdout } = slipway(["complete", "--", "kubeconfig", "--cluster", "nowhere.ts", ""]);
    expect(stdout).toBe("");
  });
});

if (spawnSync("shellcheck", ["--version"]).status === 0) {
  it("slipway.bash has no fault that shellcheck knows", () => {
    const script = join(__dirname, "../../cli/completion/slipway.bash");
    const { status, stdout } = spawnSync("shellcheck", [script], { encoding: "utf8" });
    expect([status, stdout]).toEqual([0, ""]);
  });
} else skipped("slipway.bash has no fault that shellcheck knows", "PATH has no shellcheck");

async function offered(...words: string[]): Promise<string> {
  return printed(await complete(program(), words));
}

/** spaced as somebody would read it: readline leaves a space behind a word, zsh takes it back when the next is typed. */
function spaced(line: string): string {
  return line.trimEnd().replaceAll(/ +/g, " ");
}
