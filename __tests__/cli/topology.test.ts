import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { exampleOf, slipway } from "./slipway";

const pictures = join(__dirname, "../../docs/pictures");
const ha = exampleOf("ha");

test("./slipway topology prints the SVG of docs/pictures, the same bytes each time", () => {
  const wanted = readFileSync(join(pictures, "ha.svg"), "utf8");
  for (const environment of [{}, { LC_ALL: "tr_TR.UTF-8", TZ: "Asia/Seoul" }]) {
    const { status, stdout, stderr } = slipway(["topology", "--cluster", ha], environment);
    expect([status, stderr]).toEqual([0, ""]);
    expect(stdout).toBe(wanted);
  }
});

test("--output writes what would be printed, and prints nothing", () => {
  const folder = mkdtempSync(join(tmpdir(), "slipway-topology-"));
  try {
    for (const format of ["svg", "mermaid"]) {
      const file = join(folder, `ha.${format}`);
      const args = ["topology", "--cluster", ha, "--format", format];
      expect(slipway([...args, "--output", file])).toEqual({ status: 0, stdout: "", stderr: "" });
      expect(readFileSync(file, "utf8")).toBe(slipway(args).stdout);
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test("--format mermaid prints a flowchart with every machine", () => {
  const { status, stdout } = slipway(["topology", "--format", "mermaid", "--cluster", ha]);
  expect([status, stdout.split("\n")[0]]).toEqual([0, "flowchart LR"]);
  for (const machine of ["server-1", "server-2", "server-3", "worker-1", "worker-2", "worker-3"])
    expect(stdout).toContain(`["${machine}<br/>`);
});

test("refuses a format that there is not, and a file that cannot be written, without a stack", () => {
  const unknown = slipway(["topology", "--format", "png"]);
  expect([unknown.status, unknown.stdout]).toEqual([1, ""]);
  expect(unknown.stderr).toContain("Allowed choices are svg, mermaid.");
  const file = join(pictures, "no-such-folder", "home.svg");
  const nowhere = slipway(["topology", "--cluster", ha, "--output", file]);
  expect([nowhere.status, nowhere.stdout, existsSync(file)]).toEqual([1, "", false]);
  expect(nowhere.stderr).toContain(`${file} cannot be written`);
  expect(nowhere.stderr).not.toMatch(/^\s+at /m);
});

test("refuses a cluster file that a rule refuses, and draws nothing of it", () => {
  const { status, stdout, stderr } = slipway(["topology", "--cluster", "nowhere.ts"]);
  expect([status, stdout]).toEqual([1, ""]);
  expect(stderr).toContain("nowhere.ts: 1 problem");
});
