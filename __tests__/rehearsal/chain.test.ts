import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { project } from "./stand/standing";

test("the stacks of two clusters are one chain: no two of them are ever deployed at once", () => {
  const out = mkdtempSync(join(tmpdir(), "slipway-chain-"));
  try {
    execFileSync(process.execPath, ["--require", "./from-source.js", "main.ts"], {
      cwd: project,
      env: { PATH: process.env["PATH"], SLIPWAY_CLUSTER: "examples/two-clusters.ts", CDKTF_OUTDIR: out },
    });
    const manifest: { stacks: Record<string, { dependencies: string[] }> } = JSON.parse(
      readFileSync(join(out, "manifest.json"), "utf8"),
    );
    const chain = ["blue", "green"].flatMap((cluster) =>
      ["identity", "machines", "platform", "network"].map((stack) => `${cluster}-${stack}`),
    );
    const dependencies = chain.map((name) => manifest.stacks[name]?.dependencies);
    expect(Object.keys(manifest.stacks).sort()).toEqual([...chain].sort());
    for (const [index, name] of chain.slice(0, -1).entries()) expect(dependencies[index + 1]).toContain(name);
  } finally {
    rmSync(out, { recursive: true });
  }
});
