import { z } from "zod";
import { type Discussion, type Environment, variable } from "./discussion";
import { everyPage, type Requests, send } from "./requests";

/** gitLab's notes on a merge request: https://docs.gitlab.com/api/notes/ */
export function gitLab(environment: Environment): Discussion {
  const given = (name: string): string => variable(environment, name, "GitLab sets it in every job.");
  const token = variable(
    environment,
    "SLIPWAY_COMMENT_TOKEN",
    "Make a project access token with the scope api and the role Reporter, and set it as a masked variable.",
  );
  const requests: Requests = {
    api: given("CI_API_V4_URL"),
    headers: { "private-token": token },
    refused:
      "SLIPWAY_COMMENT_TOKEN needs the scope api and the role Reporter in this project, and may be expired.",
  };
  const notes = `/projects/${given("CI_MERGE_REQUEST_PROJECT_ID")}/merge_requests/${given("CI_MERGE_REQUEST_IID")}/notes`;
  return {
    limit: 1_000_000,
    commit: given("CI_COMMIT_SHA"),
    log: given("CI_JOB_URL"),
    async comments() {
      const own = userSchema.parse(await send(requests, "GET", "/user"));
      const all = await everyPage(requests, notes, noteSchema);
      return all.filter(({ author }) => author.id === own.id);
    },
    async create(body) {
      await send(requests, "POST", notes, body);
    },
    async update(id, body) {
      await send(requests, "PUT", `${notes}/${id}`, body);
    },
  };
}

const userSchema = z.object({ id: z.number() });

const noteSchema = z.object({ id: z.number(), body: z.string(), author: userSchema });
