import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { type Finished, run } from "../../lab/engine/run";
import { project } from "../rehearsal/stand/standing";
import { workingCopy } from "../rehearsal/stand/working-copy";
import { type FakeForge, startForge, token } from "./fake-forge";
import { forges } from "./forges";
import { type Step, stepsOnGitHub, stepsOnGitLab } from "./recipe";

export type Server = keyof typeof forges;

/**
 * JobStand runs the jobs of a recipe as its server would: real git, real scripts of ci/, a real shell. Stand-ins are the
 * server's API, npm, and the download of Terraform.
 */
export interface JobStand {
  readonly forge: FakeForge;
  readonly scratch: string;
  /** write a file of the branch, and commit with that message. */
  commit(message: string, file?: string, text?: string): void;
  /** merge the branch into main; a commit of main before it. */
  merge(): string;
  /** pullRequest runs a job of the branch's pull request. */
  pullRequest(job: "validate" | "plan", more?: Readonly<Record<string, string>>): Promise<Finished>;
  /** push runs the job of a push to main that had been at a commit before. */
  push(before: string): Promise<Finished>;
  close(): Promise<void>;
}

export interface JobStandOptions {
  readonly cluster: string;
  /** slipway, a script in the place of the real one. */
  readonly slipway?: string;
  /** environment of the runner. */
  readonly environment?: Readonly<Record<string, string>>;
}

export async function standJobs(
  server: Server,
  { cluster, slipway, environment = {} }: JobStandOptions,
): Promise<JobStand> {
  const scratch = mkdtempSync(join(tmpdir(), "slipway-job-"));
  const forge = await startForge();
  const author = workingCopy(scratch, cluster);
  rmSync(join(author, "node_modules"));
  if (slipway !== undefined) writeFileSync(join(author, "slipway"), slipway);
  const git = (folder: string, ...args: string[]): string =>
    execFileSync(
      "git",
      ["-C", folder, "-c", "user.name=author", "-c", "user.email=author@test.com", ...args],
      {
        encoding: "utf8",
        env: { PATH: process.env["PATH"], HOME: scratch },
      },
    ).trim();
  git(author, "init", "--quiet", "--initial-branch=main");
  git(author, "add", "--all");
  git(author, "commit", "--quiet", "--message=The cluster as it runs");
  git(author, "checkout", "--quiet", "-b", "change");
  const job = join(scratch, "job");
  git(scratch, "clone", "--quiet", author, job);
  const programs = layStandIns(scratch, server);
  const stepsOf = (name: string, before: string): Step[] =>
    server === "GitLab"
      ? stepsOnGitLab(name)
      : stepsOnGitHub(name, (expression) => valueOf(expression, before));
  const valueOf = (expression: string, before: string): string => {
    const [, secret] = /^secrets\.(\w+)$/.exec(expression) ?? [];
    if (secret !== undefined) return environment[secret] ?? "";
    if (expression === "github.token") return token;
    if (expression === "github.event.before") return before;
    throw new Error(`the recipe asks for ${expression}, which is not known here`);
  };

  const runAll = async (steps: readonly Step[], own: Readonly<Record<string, string>>): Promise<Finished> => {
    let last: Finished = { code: 0, stdout: "", output: "" };
    const printed: string[] = [];
    for (const { script, environment: given } of steps) {
      if (last.code !== 0) break;
      last = await run({
        file: "/bin/bash",
        args: ["--noprofile", "--norc", "-eo", "pipefail", "-c", script],
        cwd: job,
        environment: {
          HOME: scratch,
          TMPDIR: scratch,
          ...environment,
          PATH: `${programs}:${dirname(process.execPath)}:${environment["PATH"] ?? process.env["PATH"] ?? ""}`,
          ...own,
          ...given,
        },
        seconds: 600,
      });
      printed.push(last.output);
    }
    return { ...last, output: printed.join("") };
  };

  return {
    forge,
    scratch,
    commit(message, file = "notes.md", text = message) {
      writeFileSync(join(author, file), text);
      git(author, "add", "--all");
      git(author, "commit", "--quiet", "--message", message);
    },
    merge() {
      git(author, "checkout", "--quiet", "main");
      const before = git(author, "rev-parse", "HEAD");
      git(author, "merge", "--quiet", "--no-ff", "--message=Merge the change", "change");
      git(author, "checkout", "--quiet", "-B", "change");
      return before;
    },
    pullRequest(name, more = {}) {
      const commit = git(author, "rev-parse", "change");
      git(job, "fetch", "--quiet", "origin");
      git(job, "checkout", "--quiet", "--detach", server === "GitHub" ? "origin/main" : commit);
      // GitHub hands out the branch merged into main.
      if (server === "GitHub") git(job, "merge", "--quiet", "--no-ff", "--message=Merge", commit);
      return runAll(stepsOf(name, ""), {
        ...forges[server].environment(forge, scratch, commit),
        ...(server === "GitLab" ? { ...mergeRequest, ...more } : more),
      });
    },
    push(before) {
      git(job, "fetch", "--quiet", "origin");
      // On GitLab as if an older job were started again; on GitHub the checkout itself takes the newest.
      git(job, "checkout", "--quiet", "--detach", server === "GitHub" ? "origin/main" : "origin/main^");
      return runAll(stepsOf("deploy", before), {
        ...(server === "GitLab"
          ? { GITLAB_CI: "true", CI_DEFAULT_BRANCH: "main", CI_COMMIT_BEFORE_SHA: before }
          : { GITHUB_ACTIONS: "true" }),
      });
    },
    async close() {
      await forge.close();
      rmSync(scratch, { recursive: true });
    },
  };
}

const mergeRequest = {
  CI_MERGE_REQUEST_SOURCE_PROJECT_ID: "42",
  CI_MERGE_REQUEST_TARGET_BRANCH_NAME: "main",
};

/** layStandIns for what a job downloads; npm leaves what `npm ci` leaves, those of this working copy. */
function layStandIns(scratch: string, server: Server): string {
  const folder = join(scratch, "stand-ins");
  mkdirSync(folder);
  const lay = (name: string, body: string): void =>
    writeFileSync(join(folder, name), `#!/bin/sh\n${body}\n`, { mode: 0o755 });
  lay("npm", `ln -sfn '${project}/node_modules' '${project}/.gen' .`);
  if (server === "GitLab")
    for (const name of ["curl", "sha256sum", "unzip", "rm"]) lay(name, "cat >/dev/null");
  return folder;
}
