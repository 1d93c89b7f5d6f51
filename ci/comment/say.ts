import { Mistake } from "../../cli/mistake";
import { bodyOf, marker } from "./body";
import type { Discussion, Environment } from "./discussion";
import { gitHub } from "./github";
import { gitLab } from "./gitlab";

/** say what a plan means in the one comment that carries the marker; the first push makes it. */
export async function say(report: string, status: number, environment: Environment): Promise<void> {
  const discussion = await discussionOf(environment);
  const body = bodyOf(report, status, discussion);
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
