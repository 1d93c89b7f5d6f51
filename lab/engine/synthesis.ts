import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";

/** Stack as it was synthesized. */
export interface Stack {
  readonly name: string;
  readonly folder: string;
  /** needs, the stacks that are deployed before it. */
  readonly needs: readonly string[];
}

/** appOf a project: the command of cdktf.json that synthesizes, which cdktf's own command line takes seconds to come to. */
export async function appOf(project: string): Promise<readonly [file: string, ...args: string[]]> {
  const { app } = settingsSchema.parse(JSON.parse(await readFile(join(project, "cdktf.json"), "utf8")));
  return ["sh", "-c", app];
}

/** stacksIn a folder that was synthesized to, in the order of the alphabet. */
export async function stacksIn(output: string): Promise<Stack[]> {
  const { stacks } = manifestSchema.parse(JSON.parse(await readFile(join(output, "manifest.json"), "utf8")));
  return Object.values(stacks).map(({ name, workingDirectory, dependencies }) => ({
    name,
    folder: join(output, workingDirectory),
    needs: dependencies,
  }));
}

const settingsSchema = z.object({ app: z.string() });

const manifestSchema = z.object({
  stacks: z.record(
    z.string(),
    z.object({ name: z.string(), workingDirectory: z.string(), dependencies: z.array(z.string()) }),
  ),
});
