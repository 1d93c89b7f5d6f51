import { readFile } from "node:fs/promises";
import { z } from "zod";
import { type Discussion, type Environment, variable } from "./discussion";
import { everyPage, type Requests, send } from "./requests";

/** gitHub's comments on a pull request: https://docs.github.com/rest/issues/comments */
export async function gitHub(environment: Environment): Promise<Discussion> {
  const given = (name: string): string => variable(environment, name, "GitHub sets it in every job.");
  const token = variable(environment, "GITHUB_TOKEN", "Give it to the step: ${{ github.token }}");
  const event = eventSchema.parse(JSON.parse(await readFile(given("GITHUB_EVENT_PATH"), "utf8")));
  const repository = given("GITHUB_REPOSITORY");
  const requests: Requests = {
    api: given("GITHUB_API_URL"),
    headers: {
      accept: "application/vnd.github+json",
      authorization: `Bearer ${token}`,
      "x-github-api-version": "2022-11-28",
    },
    refused: "The job needs, below permissions: pull-requests: write",
  };
  const comments = `/repos/${repository}/issues/${event.pull_request.number}/comments`;
  return {
    limit: 65_536,
    commit: event.pull_request.head.sha,
    log: `${given("GITHUB_SERVER_URL")}/${repository}/actions/runs/${given("GITHUB_RUN_ID")}`,
    async comments() {
      const all = await everyPage(requests, comments, commentSchema);
      // The token may edit everybody's comments, and cannot ask whose it is.
      return all.filter(({ user }) => user?.type === "Bot").map(({ id, body }) => ({ id, body: body ?? "" }));
    },
    async create(body) {
      await send(requests, "POST", comments, body);
    },
    async update(id, body) {
      await send(requests, "PATCH", `/repos/${repository}/issues/comments/${id}`, body);
    },
  };
}

const eventSchema = z.object({
  pull_request: z.object({ number: z.number(), head: z.object({ sha: z.string() }) }),
});

const commentSchema = z.object({
  id: z.number(),
  body: z.string().nullish(),
  user: z.object({ type: z.string() }).nullable(),
});
