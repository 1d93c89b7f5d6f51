import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ClusterProblems } from "../../config/problem";
import { loadClusterFile, loadModel } from "../../load-cluster";

const root = join(__dirname, "../..");

afterEach(() => {
  delete process.env["SLIPWAY_CLUSTER"];
});

test("without SLIPWAY_CLUSTER, or with an empty one, cluster.ts is read", () => {
  expect(loadModel().model.clusters.map(({ name }) => name)).toEqual(["home"]);
  process.env["SLIPWAY_CLUSTER"] = "";
  expect(loadClusterFile().file).toBe("cluster.ts");
});

test("SLIPWAY_CLUSTER names another file, which may hold several clusters", () => {
  process.env["SLIPWAY_CLUSTER"] = "examples/two-clusters.ts";
  expect(loadModel().model.clusters.map(({ name }) => name)).toEqual(["blue", "green"]);
});

test.each(["no-such-file.ts", "config"])("refuses %s, which is no file, in the operator's words", (file) => {
  expect(() => loadModel(file)).toThrow(ClusterProblems);
  expect(() => loadModel(file)).toThrow(
    [
      `${file}: 1 problem, nothing was synthesised`,
      "",
      "  there is no such file",
      "    why  the cluster is read from cluster.ts, or from the file that SLIPWAY_CLUSTER names",
      "    fix  set SLIPWAY_CLUSTER to an existing file, or unset it   (file/missing)",
    ].join("\n"),
  );
});

/** Jest brings another loader. */
describe("by the loader of the program", () => {
  const folder = mkdtempSync(join(tmpdir(), "slipway-load-"));
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  test("refuses a file that is not TypeScript with its line and no stack", () => {
    const told = toldByProgram('export default {\n  name: "home",\n  servers: {{ count: 1 },\n};\n');
    expect(told).toMatch(/^ {2}line 3: /m);
    expect(told).toContain("(file/broken)");
    expect(told).not.toMatch(/^\s+at /m);
  });

  test("refuses a file that imports what is not there", () => {
    const told = toldByProgram('import { x } from "./not-there";\nexport default x;\n');
    expect(told).toContain("Cannot find module './not-there'");
    expect(told).toContain("(file/broken)");
  });

  function toldByProgram(source: string): string {
    const file = join(folder, "broken.ts");
    writeFileSync(file, source);
    const program = `try { require("./load-cluster").loadModel(); } catch (error) { console.log(error.problems ? error.message : error.stack); }`;
    const run = spawnSync(process.execPath, ["-r", "./from-source.js", "-e", program], {
      cwd: root,
      env: { ...process.env, SLIPWAY_CLUSTER: file },
      encoding: "utf8",
    });
    return run.stdout + run.stderr;
  }
});
