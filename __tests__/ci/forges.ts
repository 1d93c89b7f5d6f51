import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { type FakeForge, token } from "./fake-forge";

/** Forge is one of the two servers: what it sets in a job of request 12 of the project "home/cluster". */
export interface Forge {
  readonly limit: number;
  /** environment of a job that was started for a commit; what it writes for the job lies in a folder. */
  readonly environment: (forge: FakeForge, folder: string, commit: string) => Record<string, string>;
  readonly update: string;
}

export const forges: Readonly<Record<"GitHub" | "GitLab", Forge>> = {
  GitHub: {
    limit: 65_536,
    update: "PATCH",
    environment: ({ address }, folder, commit) => {
      const event = join(folder, "event.json");
      writeFileSync(event, JSON.stringify({ pull_request: { number: 12, head: { sha: commit } } }));
      return {
        GITHUB_ACTIONS: "true",
        GITHUB_API_URL: address,
        GITHUB_EVENT_PATH: event,
        GITHUB_REPOSITORY: "home/cluster",
        GITHUB_RUN_ID: "99",
        GITHUB_SERVER_URL: "https://github.test.com",
        GITHUB_TOKEN: token,
      };
    },
  },
  GitLab: {
    limit: 1_000_000,
    update: "PUT",
    environment: ({ address }, _, commit) => {
      return {
        GITLAB_CI: "true",
        CI_API_V4_URL: address,
        CI_COMMIT_SHA: commit,
        CI_JOB_URL: "https://gitlab.test.com/home/cluster/-/jobs/99",
        CI_MERGE_REQUEST_IID: "12",
        CI_MERGE_REQUEST_PROJECT_ID: "42",
        SLIPWAY_COMMENT_TOKEN: token,
      };
    },
  },
};
