import { readFileSync, readdirSync } from "node:fs";
import { join, relative } from "node:path";
import { ClusterProblems, renderProblems } from "../../config/problem";
import { loadModel } from "../../load-cluster";
import { expectFile } from "../golden-file";

const folder = join(__dirname, "../clusters/invalid");
const mistakes = readdirSync(folder)
  .filter((file) => file.endsWith(".ts"))
  .map((file) => file.replace(/\.ts$/, ""));

describe("each mistake is told in exactly these words", () => {
  test.each(mistakes)("%s", (mistake) => {
    expectFile(join(folder, `${mistake}.txt`), toldOf(`${mistake}.ts`));
  });
});

test("every code that config can raise has a mistake that shows its words", () => {
  const told = mistakes.map((mistake) => readFileSync(join(folder, `${mistake}.txt`), "utf8")).join("");
  const shown = new Set(
    [...told.matchAll(/\((?:warning )?([a-z0-9]+\/[a-z0-9-]+)\)$/gm)].map(([, code]) => code),
  );
  expect(codesIn(join(__dirname, "../../config")).filter((code) => !shown.has(code))).toEqual([]);
});

test("the schema's docs name no code that nothing can raise", () => {
  const folder = join(__dirname, "../../config");
  const named = sourcesIn(folder).flatMap((source) =>
    [...source.matchAll(/@error ([^@*]+)/g)].flatMap(
      ([, codes = ""]) => codes.match(/[a-z0-9]+\/[a-z0-9-]+/g) ?? [],
    ),
  );
  expect(named.length).toBeGreaterThan(30);
  expect(named.filter((code) => !codesIn(folder).includes(code))).toEqual([]);
});

function toldOf(file: string): string {
  const path = relative(process.cwd(), join(folder, file));
  try {
    return renderProblems(path, loadModel(path).warnings);
  } catch (error) {
    if (error instanceof ClusterProblems) return error.message;
    throw error;
  }
}

function codesIn(folder: string): string[] {
  const subjects =
    "accept|addresses|certificates|edge|exposure|hosts|machines|names|networks|proxmox|references|rke2|routes|schema|services|state|storage|template|units|upgrades";
  const code = new RegExp(`"((?:${subjects})/[a-z0-9-]+)"`, "g");
  const raising = sourcesIn(folder).map((source) => source.replaceAll(/^.*from ".*$/gm, ""));
  return [...new Set(raising.flatMap((source) => [...source.matchAll(code)].map(([, found = ""]) => found)))];
}

function sourcesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".ts"))
    .map((file) => readFileSync(join(folder, file), "utf8"));
}
