import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

const loader = resolve(__dirname, "..", "from-source.js");
const folder = mkdtempSync(join(tmpdir(), "slipway-from-source-"));
const file = join(folder, "program.ts");

afterAll(() => {
  rmSync(folder, { recursive: true });
});

function run(source: string): string {
  writeFileSync(file, source);
  const { stdout, stderr } = spawnSync(process.execPath, ["--require", loader, file], { encoding: "utf8" });
  return stdout + stderr;
}

test("an edit is seen by the next start, and so is its undoing", () => {
  const said = (["one", "two", "one"] as const).map((word) =>
    run(`const word: string = "${word}";\nconsole.log(word);\n`),
  );
  expect(said).toEqual(["one\n", "two\n", "one\n"]);
});

test("a fault names the line that its author wrote, on the first start and on the next", () => {
  const source = [
    "interface Gone {",
    "  readonly types: string;",
    "}",
    "",
    "function fail({ types }: Gone): never {",
    "  throw new Error(types);",
    "}",
    `fail({ types: "a fault ${String(process.pid)}" });`,
  ].join("\n");
  for (const said of [run(source), run(source)]) {
    expect(said).toContain(`at fail (${file}:6:9)`);
    expect(said).toContain(`${file}:8:1`);
  }
});

test("a program that does not compile is told each time, with its line", () => {
  for (const said of [run("const a = 1;\nconst = 2;\n"), run("const a = 1;\nconst = 2;\n")]) {
    expect(said).toContain("Unexpected token `=`");
    expect(said).toContain(`${file}:2:`);
  }
});
