import { cpSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { execFileSync } from "node:child_process";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { commandsOf, readPage } from "../docs/running/page";
import { folder } from "./recipe";

const page = readFileSync(join(__dirname, "../../docs/how-to/review-in-ci.md"), "utf8");

test.each([
  ["github.yml", ".github/workflows/slipway.yml"],
  ["gitlab.yml", ".gitlab-ci.yml"],
])("the page's commands copy %s to where its server looks", (recipe, place) => {
  const scratch = mkdtempSync(join(tmpdir(), "slipway-page-"));
  try {
    cpSync(folder, join(scratch, "ci"), { recursive: true });
    const commands = commandsOf("review-in-ci.md", "3. Copy the recipe").join("");
    execFileSync("/bin/bash", ["-euc", commands], { cwd: scratch });
    expect(readFileSync(join(scratch, place), "utf8")).toBe(readFileSync(join(folder, recipe), "utf8"));
  } finally {
    rmSync(scratch, { recursive: true });
  }
});

test("every secret that a recipe hands on is on the page", () => {
  const text = ["github.yml", "gitlab.yml"].map((file) => readFileSync(join(folder, file), "utf8")).join("");
  const names = new Set([...text.matchAll(/secrets\.(\w+)/g)].map(([, name = ""]) => name));
  expect(names.size).toBe(6);
  for (const name of names) expect(page).toContain(`\`${name}\``);
});

test("an override is on the page and in the script as the same words", () => {
  const [{ text: example = "" } = {}] = readPage("review-in-ci.md").filter(
    ({ under, kind }) => under === "When a guard refuses" && kind === "text",
  );
  expect(example).toMatch(/^Slipway-Allow: servers-together=\S/m);
  expect(readFileSync(join(folder, "reviewed.sh"), "utf8")).toContain("Slipway-Allow:");
});
