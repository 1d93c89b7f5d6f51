import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import Ajv from "ajv";
import addFormats from "ajv-formats";
import { parse } from "yaml";
import { z } from "zod";
import { referenceData } from "../reference-data";
import { skipped } from "../skipped";
import { folder, gitLabRecipe } from "./recipe";

const text = readFileSync(join(folder, "gitlab.yml"), "utf8");
const recipe: unknown = parse(text);
const published = join(referenceData, "schemas", "gitlab-ci.json");

if (existsSync(published)) {
  test("GitLab's own schema takes ci/gitlab.yml, and refuses a keyword that is misspelt", () => {
    const ajv = new Ajv({ strict: false });
    addFormats(ajv);
    const isValid = ajv.compile(z.looseObject({}).parse(JSON.parse(readFileSync(published, "utf8"))));
    isValid(recipe);
    expect(isValid.errors).toBeNull();
    expect(isValid(parse(text.replace("resource_group:", "resource_groups:")))).toBe(false);
  });
} else {
  skipped("GitLab's own schema takes ci/gitlab.yml", "the reference data has no schemas/gitlab-ci.json");
}

const job = z.strictObject({
  stage: z.string(),
  extends: z.string().optional(),
  rules: z.array(z.strictObject({ if: z.string() })),
  environment: z.unknown().optional(),
  resource_group: z.string().optional(),
  timeout: z.string(),
  script: z.array(z.string()),
});
const recipeJobs = gitLabRecipe();
const plan = job.parse(recipeJobs["plan"]);
const deploy = job.parse(recipeJobs["deploy"]);
const validate = job.parse(recipeJobs["validate"]);

test("a merge request from a fork is validated and never planned, also in a pipeline of the parent project", () => {
  expect(plan.rules).toEqual([
    {
      if: '$CI_PIPELINE_SOURCE == "merge_request_event" && $CI_MERGE_REQUEST_SOURCE_PROJECT_ID == $CI_MERGE_REQUEST_PROJECT_ID',
    },
  ]);
  expect(validate.rules).toEqual([{ if: '$CI_PIPELINE_SOURCE == "merge_request_event"' }]);
  expect([validate.extends, validate.environment]).toEqual([undefined, undefined]);
});

test("one deploy runs at a time, in the protected environment, of the newest commit of the default branch", () => {
  expect(deploy).toMatchObject({ environment: "slipway", resource_group: "slipway-deploy" });
  expect(deploy.rules).toEqual([
    { if: '$CI_PIPELINE_SOURCE == "push" && $CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH' },
  ]);
  expect(deploy.script.slice(0, 2)).toEqual([
    'git fetch --quiet origin "refs/heads/$CI_DEFAULT_BRANCH"',
    "git checkout --quiet --detach FETCH_HEAD",
  ]);
});

test("planning makes no deployment, and one plan of a merge request runs at a time", () => {
  expect(plan).toMatchObject({
    environment: { name: "slipway-plan", action: "access" },
    resource_group: "slipway-plan-$CI_MERGE_REQUEST_IID",
  });
});

test("nothing is kept of a job, and what it downloads is checked", () => {
  expect(text).not.toMatch(/artifacts|cache/);
  expect(text).toMatch(/TERRAFORM_SHA256: [0-9a-f]{64}\n/);
});

test("both recipes plan and deploy with the same Terraform and the same Node", () => {
  const other = readFileSync(join(folder, "github.yml"), "utf8");
  const [, terraform = ""] = /TERRAFORM_VERSION: (\S+)/.exec(text) ?? [];
  const [, node = ""] = /image: node:(\d+)-/.exec(text) ?? [];
  expect(new Set(other.match(/terraform_version: .*/g))).toEqual(
    new Set([`terraform_version: ${terraform}`]),
  );
  expect(new Set(other.match(/node-version: .*/g))).toEqual(new Set([`node-version: ${node}`]));
});
