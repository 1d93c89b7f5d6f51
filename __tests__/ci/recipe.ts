import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { z } from "zod";

/** folder of what an operator copies. */
export const folder = join(__dirname, "../../ci");

/** Step of a job that a shell runs, with the environment that is its own. */
export interface Step {
  readonly script: string;
  readonly environment: Readonly<Record<string, string>>;
}

/** stepsOnGitHub of a job, from top to bottom; `${{ … }}` is filled from the values, and is one of them. */
export function stepsOnGitHub(job: string, values: (expression: string) => string): Step[] {
  return (gitHubRecipe().jobs[job]?.steps ?? []).flatMap(({ run, env = {} }) =>
    run === undefined
      ? []
      : [
          {
            script: run,
            environment: Object.fromEntries(
              Object.entries(env).map(([name, text]) => [
                name,
                text.replace(/\$\{\{ (\S+) \}\}/g, (__, expression: string) => values(expression)),
              ]),
            ),
          },
        ],
  );
}

/** stepsOnGitLab of a job: its lines, in one shell as the runner does, with the variables of the file. */
export function stepsOnGitLab(job: string): Step[] {
  const { variables, ...jobs } = gitLabRecipe();
  const { extends: base, before_script: before, script = [] } = gitLabJob.parse(jobs[job]);
  const inherited = base === undefined ? [] : (gitLabJob.parse(jobs[base]).before_script ?? []);
  return [{ script: [...(before ?? inherited), ...script].join("\n"), environment: variables }];
}

export function gitHubRecipe() {
  return gitHubSchema.parse(parse(readFileSync(join(folder, "github.yml"), "utf8")));
}

export function gitLabRecipe() {
  return gitLabSchema.parse(parse(readFileSync(join(folder, "gitlab.yml"), "utf8")));
}

const step = z.object({
  name: z.string().optional(),
  if: z.string().optional(),
  uses: z.string().optional(),
  with: z.record(z.string(), z.unknown()).optional(),
  run: z.string().optional(),
  env: z.record(z.string(), z.string()).optional(),
});

const gitHubSchema = z.object({
  on: z.record(z.string(), z.unknown()),
  permissions: z.record(z.string(), z.string()),
  jobs: z.record(
    z.string(),
    z.looseObject({
      if: z.string(),
      environment: z.string().optional(),
      concurrency: z.object({ group: z.string() }).optional(),
      "timeout-minutes": z.number(),
      permissions: z.record(z.string(), z.string()),
      steps: z.array(step.strict()),
    }),
  ),
});

export const gitLabJob = z.looseObject({
  extends: z.string().optional(),
  before_script: z.array(z.string()).optional(),
  script: z.array(z.string()).optional(),
});

const gitLabSchema = z.looseObject({ variables: z.record(z.string(), z.string()) });
