import { execFileSync } from "node:child_process";
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join, relative, resolve } from "node:path";

const project = resolve(__dirname, "../..");
const notCopied = new Set([".git", "node_modules", "build", "cdktf.out", "__tests__"]);
let scratch: string;

beforeAll(() => {
  scratch = mkdtempSync(join(tmpdir(), "slipway-bytes-"));
});
afterAll(() => {
  rmSync(scratch, { recursive: true });
});

describe.each(["cluster.ts", "examples/ha.ts", "examples/iso.ts", "examples/two-clusters.ts"])(
  "%s",
  (cluster) => {
    it("synthesizes to the same bytes in another locale, time zone and working copy", () => {
      const here = synthesized(project, cluster, { LANG: "C.UTF-8", TZ: "UTC" });
      const there = synthesized(workingCopy(), cluster, {
        LANG: "tr_TR.UTF-8",
        LC_ALL: "tr_TR.UTF-8",
        TZ: "Pacific/Chatham",
      });
      expect(there.map(([file]) => file)).toEqual(here.map(([file]) => file));
      expect(there).toEqual(here);
      expect(here.length).toBeGreaterThan(3);
    });
  },
);

/** synthesized files of a cluster by the program itself, in a process of its own. */
function synthesized(
  folder: string,
  cluster: string,
  environment: Record<string, string>,
): [string, string][] {
  const outdir = mkdtempSync(join(scratch, "out-"));
  execFileSync(process.execPath, ["--require", "./from-source.js", "main.ts"], {
    cwd: folder,
    env: { PATH: process.env["PATH"], SLIPWAY_CLUSTER: cluster, CDKTF_OUTDIR: outdir, ...environment },
  });
  return readdirSync(outdir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
    .map((file) => [relative(outdir, file), readFileSync(file, "utf8")]);
}

function workingCopy(): string {
  const copy = mkdtempSync(join(scratch, "another working copy-"));
  cpSync(project, copy, { recursive: true, filter: (path) => !notCopied.has(basename(path)) });
  symlinkSync(join(project, "node_modules"), join(copy, "node_modules"));
  return copy;
}
