import { readFileSync } from "node:fs";
import { join } from "node:path";
import { goBuild, goBuilt } from "../../lab/engine/go-build";
import { onPath } from "../../lab/engine/engine";
import { run } from "../../lab/engine/run";
import { skipped } from "../skipped";
import { folder, gitHubRecipe } from "./recipe";

const text = readFileSync(join(folder, "github.yml"), "utf8");
const { on, permissions, jobs } = gitHubRecipe();
const steps = Object.values(jobs).flatMap(({ steps: all }) => all);
const ifsOf = (job: string): string => jobs[job]?.if ?? "";

const actionlint = {
  name: "actionlint",
  package: "github.com/rhysd/actionlint/cmd/actionlint",
  module: "github.com/rhysd/actionlint",
};
const canLint = goBuilt(actionlint) !== undefined || onPath("go", process.env["PATH"] ?? "") !== undefined;

if (canLint) {
  test("actionlint has nothing to say about ci/github.yml", async () => {
    const { file } = await goBuild(actionlint, () => undefined);
    expect(await lint(file, text)).toEqual({ code: 0, output: "" });
  }, 600_000);

  test("refuses a workflow that pastes a pull request's title into a shell", async () => {
    const { file } = await goBuild(actionlint, () => undefined);
    const pasting = text.replace("./slipway validate", "echo ${{ github.event.pull_request.title }}");
    expect((await lint(file, pasting)).output).toContain("is potentially untrusted");
  }, 600_000);
} else {
  skipped("actionlint has nothing to say about ci/github.yml", "PATH has no go to build it with");
}

test("every action is pinned to a commit, with the release that it is", () => {
  const uses = [...text.matchAll(/uses: (.*)$/gm)].map(([, what = ""]) => what);
  expect(uses).toHaveLength(8);
  for (const what of uses) expect(what).toMatch(/^[\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
});

test("starts for pull requests with their own rights, never with those of the target", () => {
  expect(on).toEqual({ pull_request: null, push: { branches: ["main"] } });
});

test("a job may what it needs and no more: only the one that comments writes to a pull request", () => {
  expect(permissions).toEqual({});
  expect(Object.entries(jobs).map(([name, job]) => [name, job.permissions])).toEqual([
    ["validate", { contents: "read" }],
    ["plan", { contents: "read", "pull-requests": "write" }],
    ["deploy", { contents: "read" }],
  ]);
});

test("secrets are given to the steps that plan and deploy, and to nothing else", () => {
  const knowing = Object.entries(jobs).flatMap(([name, { steps: own }]) =>
    own.filter((step) => JSON.stringify(step).includes("secrets.")).map(({ run: script }) => [name, script]),
  );
  expect(knowing).toEqual([
    ["plan", "ci/pull-request.sh HEAD^1"],
    ["deploy", 'ci/reviewed.sh "$BEFORE" deploy --yes'],
  ]);
  expect(ifsOf("plan")).toContain("github.event.pull_request.head.repo.full_name == github.repository");
});

test("no checkout leaves its token behind, no shell is given an expression, and nothing is kept of a job", () => {
  const checkouts = steps.filter(({ uses }) => uses?.startsWith("actions/checkout@"));
  expect(checkouts.map(({ with: inputs }) => inputs?.["persist-credentials"])).toEqual([false, false, false]);
  expect(steps.filter(({ run: script }) => script?.includes("${{"))).toEqual([]);
  expect(text).not.toMatch(/artifact|actions\/cache|outputs:/);
});

test("one deploy runs at a time, to its end, in the protected environment, and it is of the newest main", () => {
  expect(jobs["deploy"]).toMatchObject({ environment: "slipway", concurrency: { group: "slipway-deploy" } });
  expect(jobs["deploy"]?.steps[0]?.with).toMatchObject({ ref: "main" });
  expect(text).not.toContain("cancel-in-progress");
  expect(ifsOf("deploy")).toBe("github.event_name == 'push'");
});

async function lint(file: string, workflow: string): Promise<{ code: number | undefined; output: string }> {
  const { code, output } = await run({
    file: "/bin/bash",
    args: ["-c", '"$1" -no-color - <<<"$2"', "lint", file, workflow],
    cwd: folder,
    environment: { PATH: process.env["PATH"] ?? "" },
    seconds: 60,
  });
  return { code, output };
}
