import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { folder as plans, kinds } from "../plans/plans";
import { clusterFile, project } from "../rehearsal/stand/standing";
import { type JobStand, type Server, standJobs } from "./job-stand";

const local = readFileSync(clusterFile("two-workers"), "utf8").replace("../../../config/", "./config/");
const shared = local.replace(
  'name: "small",',
  'name: "small", state: { http: { address: "https://gitlab.test.com/state" } },',
);
const servers: readonly Server[] = ["GitHub", "GitLab"];

describe.each(servers)("the jobs on %s, with stored plans in the place of planning", (server) => {
  let stand: JobStand;
  /** asked, what the stand-in for ./slipway was asked for. */
  const asked = (): string[] => readFileSync(join(stand.scratch, "asked"), "utf8").trim().split("\n");
  const nowPlanned = (kind: string): void =>
    writeFileSync(
      join(stand.scratch, "plans"),
      (kinds.get(kind) ?? []).map((file) => `${join(plans, file)}\n`).join(""),
    );

  beforeAll(async () => {
    stand = await standJobs(server, { cluster: shared, slipway: reviewingStoredPlans });
  });
  afterAll(() => stand.close());

  test("a pull request's first push makes one comment, of the commit that was pushed", async () => {
    nowPlanned("worker-added");
    stand.commit("One more worker");
    expect(await stand.pullRequest("plan")).toMatchObject({ code: 0 });
    expect(stand.forge.entries.map(({ body }) => body)).toEqual([
      expect.stringMatching(/^<!-- slipway: plan -->\n\*\*Safe: [\s\S]*\nPlan of `[0-9a-f]{12}`, /),
    ]);
    expect(asked()).toEqual(["plan --format markdown"]);
  });

  test("refuses with status 2 at a guard, in the same comment, and the log has the whole report", async () => {
    nowPlanned("two-servers-replaced");
    stand.commit("Move two servers");
    const refused = await stand.pullRequest("plan");
    expect(refused.code).toBe(2);
    expect(refused.stdout).toContain("**Do not approve: ");
    expect(stand.forge.entries).toHaveLength(1);
    expect(stand.forge.entries[0]?.body).toContain("**A guard refuses: this job fails");
  });

  test("an override in a commit's message holds for its pull request, and no shell reads it", async () => {
    const reason = "the lab is built anew; $(touch run) `touch run` \"'";
    stand.commit(`Say why\n\nSlipway-Allow: servers-together=${reason}\n  Slipway-Allow:quorum=the same\n`);
    expect(await stand.pullRequest("plan")).toMatchObject({ code: 0 });
    expect(stand.forge.entries[0]?.body).toContain("accepted: the lab is built anew; $(touch run)");
    expect(asked().at(-1)).toBe(
      `plan --format markdown --allow=servers-together=${reason} --allow=quorum=the same`,
    );
    expect(existsSync(join(stand.scratch, "job", "run"))).toBe(false);
  });

  test("the deploy after the merge takes the merge's overrides", async () => {
    const before = stand.merge();
    expect(await stand.push(before)).toMatchObject({ code: 0 });
    expect(asked().at(-1)).toMatch(/^deploy --yes .*--allow=servers-together=the lab is built anew/);
  });

  test("refuses the next deploy with status 2: an override holds once", async () => {
    stand.commit("Something else");
    expect((await stand.push(stand.merge())).code).toBe(2);
    expect(asked().at(-1)).toBe("deploy --yes");
  });

  test("after a push whose beginning is not known, the newest commit speaks for itself alone", async () => {
    stand.commit("Older\n\nSlipway-Allow: quorum=older");
    stand.merge();
    expect((await stand.push("0".repeat(40))).code).toBe(2);
    expect(asked().at(-1)).toBe("deploy --yes");
  });

  test("refuses an override of no guard, and the comment shows no plan any more", async () => {
    stand.commit("Everything goes\n\nSlipway-Allow: all=yes");
    const refused = await stand.pullRequest("plan");
    expect(refused.code).toBe(1);
    expect(refused.output).toContain('"all" is no guard; there are servers-together, ');
    expect(stand.forge.entries.map(({ body }) => body)).toEqual([
      expect.stringContaining("**There is no plan**"),
    ]);
  });

  test("validate asks for no secret, and tells a fork why there is no plan", async () => {
    const { code, output } = await stand.pullRequest("validate", {
      CI_MERGE_REQUEST_SOURCE_PROJECT_ID: "43",
    });
    expect(code).toBe(0);
    expect(output).toMatch(/from a fork gets no secrets, so nothing is planned/);
  });

  test("refuses state in files, before anything is planned or deployed", async () => {
    const before = asked().length;
    stand.commit("Without a store", "cluster.ts", local);
    const refused = await stand.pullRequest("plan");
    expect(refused.code).toBe(1);
    expect(refused.output).toContain("small: the state is kept in files beside the cluster file.");
    const deployed = await stand.push(stand.merge());
    expect(deployed.code).toBe(1);
    expect(deployed.output).toContain("docs/how-to/move-state.md");
    expect(asked()).toHaveLength(before);
  });
});

/** reviewingStoredPlans stands in for ./slipway: the real review, of plans that the test names. */
const reviewingStoredPlans = `#!/bin/bash
set -euo pipefail
beside=$(dirname "$0")/..
printf '%s\\n' "$*" >>"$beside/asked"
case $1 in
  validate) exit 0 ;;
  plan) shift ;;
  deploy) shift 2 ;;
esac
mapfile -t plans <"$beside/plans"
exec '${join(project, "slipway")}' review --plan "\${plans[@]}" "$@"
`;
