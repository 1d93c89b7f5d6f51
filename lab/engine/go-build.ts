import { readFileSync } from "node:fs";
import { copyFile, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { cached, cachedAlready, shortHash } from "./cache";
import { LabProblem } from "./lab-problem";
import { run } from "./run";

export interface GoTool {
  /** name of the program built. */
  readonly name: string;
  /** pins, the folder in tools/ with its go.mod and go.sum; the program's name when absent. */
  readonly pins?: string;
  readonly package: string;
  readonly module: string;
  /** stamp, the variables into which the linker writes what a release's own build would. */
  readonly stamp?: (version: string) => Readonly<Record<string, string>>;
}

/** Built, a program in the user's cache. */
export interface Built {
  readonly file: string;
  readonly version: string;
}

/** goBuild returns the program that its folder in tools/ pins, built from its Go module once and then reused. */
export async function goBuild(tool: GoTool, say: (line: string) => void): Promise<Built> {
  const { folder, version, entry } = pinned(tool);
  const home = await cached(entry, async (target) => {
    await build(tool, version, folder, join(target, tool.name), say);
  });
  return { file: join(home, tool.name), version };
}

/** goBuilt returns that program if it was built before. */
export function goBuilt(tool: GoTool): Built | undefined {
  const { version, entry } = pinned(tool);
  const home = cachedAlready(entry);
  return home === undefined ? undefined : { file: join(home, tool.name), version };
}

function pinned(tool: GoTool): { folder: string; version: string; entry: string } {
  const folder = join(__dirname, "..", "..", "tools", tool.pins ?? tool.name);
  const version = requiredVersion(readFileSync(join(folder, "go.mod"), "utf8"), tool.module);
  const sums = shortHash(readFileSync(join(folder, "go.sum"), "utf8"));
  return { folder, version, entry: `${tool.name}-${version}-${sums}` };
}

const oldestGo = 26;

/** build works on a copy of go.mod and go.sum: `-mod=mod` may write to both. */
async function build(
  tool: GoTool,
  version: string,
  from: string,
  target: string,
  say: (line: string) => void,
): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "slipway-build-"));
  try {
    await copyFile(join(from, "go.mod"), join(folder, "go.mod"));
    await copyFile(join(from, "go.sum"), join(folder, "go.sum"));
    await checkGo(tool, folder);
    say(`building ${tool.name} from its Go module, once; this takes some minutes`);
    const args = [
      "build",
      "-mod=mod",
      "-trimpath",
      "-o",
      target,
      ...linkerFlags(tool, version),
      tool.package,
    ];
    const built = await go(folder, args, 3600, say);
    if (built.code !== 0) throw new LabProblem(`${tool.name} could not be built:\n${built.output.trim()}`);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function linkerFlags({ stamp }: GoTool, version: string): string[] {
  if (stamp === undefined) return [];
  return [
    "-ldflags",
    Object.entries(stamp(version))
      .map(([name, value]) => `-X ${name}=${value}`)
      .join(" "),
  ];
}

async function checkGo(tool: GoTool, folder: string): Promise<void> {
  const asked = await go(folder, ["env", "GOVERSION"], 120);
  const found = asked.stdout.trim();
  const minor = /^go1\.(\d+)/.exec(found)?.[1];
  if (asked.code === 0 && minor !== undefined && Number(minor) >= oldestGo) return;
  throw new LabProblem(
    [
      `${tool.name} has to be built: the registry of providers, or the program itself, cannot be had here.`,
      `Building needs Go 1.${oldestGo} or newer; found: ${found || asked.output.trim() || "none"}.`,
      `Install Go from go.dev/dl and run this again, or run it where the registry can be reached.`,
    ].join("\n"),
  );
}

/** go runs with the operator's own environment: the module proxy and its credentials are settings of theirs. */
function go(folder: string, args: readonly string[], seconds: number, onLine?: (line: string) => void) {
  const environment: Record<string, string> = { GOWORK: "off", CGO_ENABLED: "0" };
  for (const [name, value] of Object.entries(process.env)) {
    if (value !== undefined && name !== "GOFLAGS") environment[name] ??= value;
  }
  return run({ file: "go", args, cwd: folder, environment, seconds, ...(onLine && { onLine }) });
}

function requiredVersion(goMod: string, module: string): string {
  const line = goMod.split("\n").find((text) => text.includes(`${module} v`));
  const version = line?.split(" v").at(1)?.trim();
  if (version === undefined) throw new Error(`tools: no go.mod requires ${module}`);
  return version;
}
