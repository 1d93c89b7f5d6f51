import { execFileSync, spawnSync } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { guardNames } from "../../review/guards/violation";
import { bounds } from "../../topology/bounds";
import { kinds, folder as plans } from "../plans/plans";
import { replaceOnce } from "../rehearsal/stand/stack-file";
import { workingCopy } from "../rehearsal/stand/working-copy";
import { skipped } from "../skipped";
import { commandsOf, readPage } from "./running/page";

const scratch = mkdtempSync(join(tmpdir(), "slipway-page-"));
const home = join(scratch, "home");
const cluster = readFileSync(join(__dirname, "running/home.ts"), "utf8").replace(
  "../../../config/",
  "./config/",
);
let folder: string;
beforeAll(() => {
  folder = workingCopy(scratch, cluster);
  mkdirSync(home);
});
afterAll(() => rmSync(scratch, { recursive: true }));

describe("docs/how-to/topology.md", () => {
  it("draws both pictures into the folder", () => {
    bash(textsOf("topology.md", "sh").join(""));
    expect(readFileSync(join(folder, "home.svg"), "utf8")).toMatch(/^<svg[^]*worker-2[^]*<\/svg>\n$/);
    expect(readFileSync(join(folder, "home.mmd"), "utf8")).toMatch(/^flowchart LR\n[^]*worker-2/);
  });

  it("says of every bound how many are drawn", () => {
    const { edgeRows, routeRows, services, addresses, hosts, machines } = bounds;
    const said = rowsOf("topology.md", "Large clusters").map(([, drawn = ""]) => Number.parseInt(drawn));
    expect(said).toEqual([edgeRows, routeRows, services, addresses, machines, hosts]);
  });
});

describe("docs/how-to/completions.md", () => {
  const [forBash = "", ...intoBash] = commandsOf("completions.md", "bash");
  const [forZsh = "", ...intoZsh] = commandsOf("completions.md", "zsh");
  const rc = (under: string): string =>
    readPage("completions.md").find((block) => block.kind === "text" && block.under === under)?.text ?? "";

  it("lets TAB complete in this bash, and in every bash that reads the file", () => {
    const registered = "complete -p slipway";
    const wanted = "complete -F _slipway slipway\n";
    expect(bash(`${forBash}${registered}`)).toBe(wanted);
    bash(intoBash.join(""));
    writeFileSync(join(home, ".bashrc"), rc("bash"));
    expect(bash(`. ~/.bashrc\n${registered}`)).toBe(wanted);
  });

  if (spawnSync("zsh", ["--version"]).status !== 0) skipped("the same in zsh", "PATH has no zsh");
  else {
    it("lets TAB complete in this zsh, and in every zsh that has the file in its fpath", () => {
      const registered = "print $_comps[slipway]";
      const zsh = (commands: string): string => shell("zsh", ["-f", "-e", "-c", commands]);
      expect(zsh(`autoload -Uz compinit && compinit -u\n${forZsh}${registered}`)).toBe("_slipway\n");
      rmSync(join(home, ".zcompdump"), { force: true });
      bash(intoZsh.join(""));
      expect(zsh(`${rc("zsh")}${registered}`)).toBe("_slipway\n");
    });
  }
});

describe("docs/how-to/review-a-plan.md", () => {
  const lines = textsOf("review-a-plan.md", "sh").join("").split("\n");
  const storedPlan = (kind: string): void => {
    const [file = ""] = kinds.get(kind) ?? [];
    copyFileSync(join(plans, file), join(folder, "FILE.json"));
  };
  const lineWith = (words: string): string =>
    lines.find((line) => line.includes(words))?.replace(/ +# .*/, "") ?? `no line has ${words}`;
  const review = lineWith("review --plan");

  it("reviews a stored plan, five lines first", () => {
    storedPlan("worker-added");
    expect(bash(review).split("\n").slice(0, 5).join("\n")).toMatch(
      /^Safe: .*\n +machines .*\n +data .*\n +reachability .*\n +guards .*$/,
    );
  });

  it("overrides a guard that refused with status 2, and the report shows the reason", () => {
    storedPlan("worker-moved");
    expect(bash(`${review} || echo "status $?"`)).toMatch(/\nstatus 2\n$/);
    const overridden = lineWith("--allow").replace("./slipway deploy", review);
    expect(bash(overridden)).toContain("accepted: nothing but a cache is on worker-1");
  });

  it("lists every guard", () => {
    const named = rowsOf("review-a-plan.md", "When a guard refuses").map(([guard = ""]) => guard);
    expect(named).toEqual(guardNames.map((guard) => `\`${guard}\``));
  });
});

describe("docs/how-to/write-a-route.md", () => {
  it("has a route that is taken, and traces it to its services", () => {
    const [entry = ""] = textsOf("write-a-route.md", "ts");
    const service = '{ image: "registry.test.com/shop:1", port: 8080 }';
    const around = `certificates: { "test.com": { fromVariable: "test_com" } },
services: { shop: ${service}, api: ${service}, "api-next": ${service} },
`;
    const ingress = '  ingress: { controller: "traefik", address: "192.168.0.240" },\n';
    writeFileSync(join(folder, "cluster.ts"), replaceOnce(cluster, ingress, `${around}${entry}`));
    const commands = commandsOf("write-a-route.md", "").join("").split("\n");
    const printed = commands.filter((line) => line !== "" && !line.endsWith("--live")).map(bash);
    expect(printed).toHaveLength(3);
    for (const traced of printed.slice(1)) expect(traced).toMatch(/Answered by apps\/api(-next)?:8080/);
  });
});

function bash(commands: string): string {
  return shell("bash", ["--norc", "-euo", "pipefail", "-c", commands]);
}

function shell(program: string, args: readonly string[]): string {
  const env = { PATH: process.env["PATH"], HOME: home, ZDOTDIR: home };
  return execFileSync(program, args, { cwd: folder, env, encoding: "utf8" });
}

function textsOf(page: string, language: string): string[] {
  const text = readFileSync(join(__dirname, "../../docs/how-to", page), "utf8");
  return [...text.matchAll(/^```(\w+)\n([^]*?)^```$/gm)].flatMap(([, info, block = ""]) =>
    info === language ? [block] : [],
  );
}

/** rowsOf the table under a heading, without its head. */
function rowsOf(page: string, heading: string): string[][] {
  const text = readFileSync(join(__dirname, "../../docs/how-to", page), "utf8");
  const [, section = ""] = text.split(`## ${heading}\n`);
  return [...(section.split("\n## ")[0] ?? "").matchAll(/^\| (.*) \|$/gm)]
    .slice(2)
    .map(([, row = ""]) => row.split("|").map((cell) => cell.trim()));
}
