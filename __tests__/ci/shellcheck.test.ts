import { spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { skipped } from "../skipped";
import { folder, stepsOnGitLab } from "./recipe";

const scripts = readdirSync(folder).filter((file) => file.endsWith(".sh"));
const jobs = ["validate", "plan", "deploy"];

if (spawnSync("shellcheck", ["--version"]).error === undefined) {
  test.each(scripts)("shellcheck has nothing to say about ci/%s", (script) => {
    expect(shellcheck([join(folder, script)])).toBe("");
  });

  test.each(jobs)("shellcheck has nothing to say about GitLab's job %s", (job) => {
    const [{ script } = { script: "" }] = stepsOnGitLab(job);
    expect(shellcheck(["--shell=bash", "-"], script)).toBe("");
  });
} else {
  skipped("shellcheck has nothing to say about ci/", "shellcheck is not on PATH: apt-get install shellcheck");
}

test("there are scripts to check", () => {
  expect(scripts).toEqual(["pull-request.sh", "reviewed.sh"]);
});

function shellcheck(args: readonly string[], input = ""): string {
  const { stdout, stderr } = spawnSync("shellcheck", args, { input, encoding: "utf8" });
  return stdout + stderr;
}
