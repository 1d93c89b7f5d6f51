import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { say } from "../../ci/comment/say";
import { Mistake } from "../../cli/mistake";
import { markdown } from "../../review/render/markdown";
import { review } from "../../review/review";
import { plansOf } from "../plans/plans";
import { entry, type FakeForge, startForge, token } from "./fake-forge";
import { forges } from "./forges";

const marker = "<!-- slipway: plan -->\n";
const commit = "0123456789abcdef0123456789abcdef01234567";
const report = markdown(review(plansOf("worker-added"), {}), () => undefined);

describe.each(Object.entries(forges))("a comment on %s", (_, { environment, limit, update }) => {
  let folder: string;
  let forge: FakeForge;
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), "slipway-comment-"));
    forge = await startForge();
  });
  afterEach(async () => {
    await forge.close();
    rmSync(folder, { recursive: true });
  });

  test("is made by the first push: the report, the commit, the job", async () => {
    await comment(report);
    const [only, ...others] = forge.entries;
    expect(others).toEqual([]);
    expect(only?.body.startsWith(`${marker}${report}`)).toBe(true);
    expect(only?.body).toMatch(/\nPlan of `0123456789ab`, \[the job's log\]\(https:\S+99\)\n$/);
  });

  test("is the same one at the second push", async () => {
    await comment(report);
    await comment("**Safe: nothing changes**\n");
    expect(forge.entries.map(({ body }) => body)).toEqual([
      expect.stringContaining("**Safe: nothing changes**\n\nPlan of"),
    ]);
    expect(forge.requests.at(-1)).toContain(`${update} /`);
  });

  test("is found behind 250 others, and never taken for somebody's who wrote the same mark", async () => {
    const others = Array.from({ length: 249 }, (__, index) => entry(index + 1, `comment ${index + 1}`));
    forge.entries.push(entry(1000, `${marker}not ours`), ...others, entry(300, `${marker}ours`, "us"));
    await comment(report);
    expect(forge.entries).toHaveLength(251);
    expect(forge.entries.at(-1)?.body).toContain(report);
    expect(forge.entries.at(0)?.body).toBe(`${marker}not ours`);
  });

  test("says that a guard refuses, and how that is overridden", async () => {
    const refused = markdown(review(plansOf("two-servers-replaced"), {}), () => undefined);
    await comment(refused, 2);
    expect(forge.entries[0]?.body).toContain("**Do not approve: server-2 and server-3 end in one deploy");
    expect(forge.entries[0]?.body).toContain("**A guard refuses: this job fails");
    expect(forge.entries[0]?.body).toContain("`Slipway-Allow: <guard>=<reason>`");
  });

  test("no longer shows the plan of an older push where there is none of this one", async () => {
    await comment(report);
    await comment("", 1);
    expect(forge.entries.map(({ body }) => body)).toEqual([
      expect.stringMatching(/^<!-- slipway: plan -->\n\*\*There is no plan\*\*: [^\n]+\n\n`0123456789ab`/),
    ]);
  });

  test("is shortened to what the server takes, its fold closed, and says so", async () => {
    const line = "          user_data: before -> after, a line of a long plan that nobody reads\n";
    const long = report.replace("```\n\n</details>", `${line.repeat(limit / 70)}\`\`\`\n\n</details>`);
    await comment(long);
    const { body } = forge.entries[0] ?? { body: "" };
    expect(body.length).toBeLessThanOrEqual(limit);
    expect(body.length).toBeGreaterThan(limit - 200);
    expect(body).toMatch(
      /after, a line of a long plan that nobody reads\n```\n\n<\/details>\n\n\*\*Shortened\*\*: /,
    );
    expect(body).toContain("\nPlan of `0123456789ab`");
  });

  test("is shortened without a fold where the sentences alone are too many", async () => {
    await comment(`**Safe**\n${"- **worker-1** changes\n".repeat(limit / 20)}`);
    expect(forge.entries[0]?.body).toMatch(/- \*\*worker-1\*\* changes\n\n\*\*Shortened\*\*: /);
    expect(forge.entries[0]?.body.length).toBeLessThanOrEqual(limit);
  });

  test.each([401, 403, 404])(
    "refuses an answer %d with what the token needs, never the token",
    async (status) => {
      forge.refuseWith(status);
      const refused = await comment(report).catch(String);
      expect(refused).toContain(
        `was answered by ${status}: {"message":"Resource not accessible by integration"}`,
      );
      expect(refused).toMatch(
        /pull-requests: write|SLIPWAY_COMMENT_TOKEN needs the scope api and the role Reporter/,
      );
      expect(refused).not.toContain(token);
    },
  );

  test("refuses a server that does not answer, by its address", async () => {
    await forge.close();
    await expect(comment(report)).rejects.toThrow(
      new RegExp(`^GET ${forge.address}/\\S+ was not answered: .*(ECONNREFUSED|fetch failed)`),
    );
  });

  test("refuses a job without a token, naming the variable", async () => {
    await expect(comment(report, 0, { GITHUB_TOKEN: "", SLIPWAY_COMMENT_TOKEN: "" })).rejects.toThrow(
      /^(GITHUB_TOKEN|SLIPWAY_COMMENT_TOKEN) is not set\. /,
    );
    expect(forge.requests).toEqual([]);
  });

  const comment = (text: string, status = 0, more: Record<string, string> = {}): Promise<void> =>
    say(text, status, { ...environment(forge, folder, commit), ...more });
});

test("refuses to comment outside of both, in a sentence", async () => {
  await expect(say(report, 0, {})).rejects.toThrow(
    new Mistake("This is no job of GitHub Actions and none of GitLab CI: there is nothing to comment on."),
  );
});
