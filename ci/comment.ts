import { readFile } from "node:fs/promises";
import { Mistake, reportFailure } from "../cli/mistake";
import { bodyOf, marker } from "./comment/body";
import { gitHub } from "./comment/github";
import { gitLab } from "./comment/gitlab";
import type { Environment, Discussion } from "./comment/discussion";

const [report, status] = process.argv.slice(2);
if (report === undefined || status === undefined) throw new Error("usage: ci/comment.ts <report> <status>");
say(report, Number(status)).catch(reportFailure);

/** say what a plan means in the one comment that carries the marker; the first push makes it. */
async function say(report: string, status: number): Promise<void> {
  const discussion = await discussionOf(process.env);
  const body = bodyOf(await readFile(report, "utf8"), status, discussion);
  const before = (await discussion.comments()).find((comment) => comment.body.startsWith(marker));
  if (before === undefined) await discussion.create(body);
  else await discussion.update(before.id, body);
}

async function discussionOf(environment: Environment): Promise<Discussion> {
  if (environment["GITHUB_ACTIONS"] === "true") return gitHub(environment);
  if (environment["GITLAB_CI"] === "true") return gitLab(environment);
  throw new Mistake(
    "This is no job of GitHub Actions and none of GitLab CI: there is nothing to comment on.",
  );
}
