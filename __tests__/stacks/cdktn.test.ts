import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { z } from "zod";

const project = resolve(__dirname, "../..");
let scratch: string;

beforeAll(() => {
  scratch = mkdtempSync(join(tmpdir(), "slipway-cdktn-"));
});
afterAll(() => {
  rmSync(scratch, { recursive: true });
});

describe.each(["cluster.ts", "examples/ha.ts", "examples/edge.ts"])("%s", (cluster) => {
  it("synthesizes under cdktn to the JSON of cdktf: only the version of the one that wrote it differs", () => {
    const before = synthesized(cluster, "cdktf");
    const after = synthesized(cluster, "cdktn");
    expect([...after.stacks.keys()]).toEqual([...before.stacks.keys()]);
    expect(before.stacks.size).toBe(5);
    expect(after.manifest).toEqual({ ...before.manifest, version: after.version });
    for (const [name, stack] of before.stacks) {
      const about = { ...stack["//"], metadata: { ...stack["//"].metadata, version: after.version } };
      expect(after.stacks.get(name)).toEqual({ ...stack, "//": about });
      expect(stack["//"].metadata.version).toBe(before.version);
    }
  });
});

it("is the version that docs/how-to/move-to-cdktn.md installs", () => {
  const page = readFileSync(join(project, "docs/how-to/move-to-cdktn.md"), "utf8");
  expect(page).toContain(`"cdktf": "npm:cdktn@${versionOf("cdktn")}"`);
});

const manifestSchema = z.looseObject({ version: z.string() });
const stackSchema = z.looseObject({
  "//": z.looseObject({ metadata: z.looseObject({ version: z.string() }) }),
});

/** synthesized by the program itself, in a process of its own, with one library in the place of cdktf. */
function synthesized(cluster: string, library: "cdktf" | "cdktn") {
  const outdir = mkdtempSync(join(scratch, `${library}-`));
  const inPlace = library === "cdktf" ? [] : ["--require", "./__tests__/stacks/as-cdktn.js"];
  execFileSync(process.execPath, [...inPlace, "--require", "./from-source.js", "main.ts"], {
    cwd: project,
    env: { PATH: process.env["PATH"], SLIPWAY_CLUSTER: cluster, CDKTF_OUTDIR: outdir },
  });
  const stacks = readdirSync(join(outdir, "stacks")).sort();
  return {
    version: versionOf(library),
    manifest: manifestSchema.parse(json(outdir, "manifest.json")),
    stacks: new Map(
      stacks.map((name) => [name, stackSchema.parse(json(outdir, "stacks", name, "cdk.tf.json"))]),
    ),
  };
}

function versionOf(library: string): string {
  return manifestSchema.parse(json(project, "node_modules", library, "package.json")).version;
}

function json(...path: string[]): unknown {
  return JSON.parse(readFileSync(join(...path), "utf8"));
}
