import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { everything } from "./clusters";
import { skipped } from "../skipped";

/** Program is a `cloud-init` and where it finds files. */
interface Program {
  readonly command: readonly string[];
  /** folder as this test sees it; the program itself sees it below its own root. */
  readonly root: string;
  readonly version: number;
}

type Kind = "cloud-config" | "network-config";

/** Before 24.1 `cloud-init schema` reads network-config as if it were user-data. */
const knowsNetworks = 24.1;

/** One machine of each shape; a call takes half a second. */
const machines = everything.filter(({ machine }) => !/^worker-[2-9]|^server-[3-9]/.test(machine));

const programs = [
  programAt("", ["cloud-init"]),
  ...inChroot(process.env["SLIPWAY_CLOUD_INIT_CHROOT"]),
].flatMap((program) => (program === undefined ? [] : [program]));

describe.each(["cloud-config", "network-config"] as const)("cloud-init schema, %s", (kind) => {
  const program = programs.find(({ version }) => kind === "cloud-config" || version >= knowsNetworks);
  if (program === undefined) {
    const reason =
      kind === "cloud-config"
        ? "cloud-init is not on PATH: apt-get install cloud-init"
        : `no cloud-init of ${knowsNetworks} or later: make one with __tests__/cloud-init/make-chroot.sh and set SLIPWAY_CLOUD_INIT_CHROOT`;
    skipped(`cloud-init accepts every ${kind}`, reason);
    return;
  }

  test(`every machine's document is valid for ${program.command.join(" ")} ${program.version}`, () => {
    const texts = new Set(
      machines.map((each) => (kind === "cloud-config" ? each.userData : each.networkConfig)),
    );
    for (const text of texts) expect(judge(program, kind, text)).toEqual({ status: 0, complaint: "" });
  }, 60_000);

  test("refuses a document with a wrong type", () => {
    const wrong = kind === "cloud-config" ? "#cloud-config\nruncmd: 1\n" : "version: 2\nethernets: [eth0]\n";
    expect(judge(program, kind, wrong).status).not.toBe(0);
  });
});

function inChroot(folder: string | undefined): (Program | undefined)[] {
  if (folder === undefined || folder === "") return [];
  if (!existsSync(folder)) throw new Error(`SLIPWAY_CLOUD_INIT_CHROOT is ${folder}, which does not exist`);
  return [programAt(folder, ["chroot", folder, "cloud-init"])];
}

function programAt(root: string, command: readonly string[]): Program | undefined {
  const { status, stdout, stderr } = run(command, ["--version"]);
  if (status !== 0) return undefined;
  return { root, command, version: Number(/ (\d+\.\d+)/.exec(stdout + stderr)?.[1]) };
}

function judge(program: Program, kind: Kind, text: string): { status: number | null; complaint: string } {
  const folder = mkdtempSync(join(program.root, program.root === "" ? tmpdir() : "/tmp", "slipway-schema-"));
  try {
    const file = join(folder, "document.yaml");
    writeFileSync(file, text);
    const type = program.version >= knowsNetworks ? ["--schema-type", kind] : [];
    const seen = file.slice(program.root.length);
    const { status, stdout, stderr } = run(program.command, ["schema", "--config-file", seen, ...type]);
    return { status, complaint: status === 0 ? "" : stdout + stderr };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function run([program = "", ...before]: readonly string[], args: readonly string[]) {
  return spawnSync(program, [...before, ...args], { encoding: "utf8" });
}
