import { readFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { z } from "zod";
import { Mistake } from "../mistake";
import { command } from "./command";

/** Stack as it was synthesized. */
export interface Stack {
  readonly name: string;
  readonly folder: string;
  /** needs, the stacks whose outputs or doings it rests on, directly. */
  readonly needs: readonly string[];
}

const project = resolve(__dirname, "..", "..");

/** synthesized stacks of a cluster file in the order in which they are deployed, in cdktf.out as `cdktf synth` has them. */
export async function synthesized(cluster: string | undefined): Promise<Stack[]> {
  const { app } = settingsSchema.parse(JSON.parse(await readFile(join(project, "cdktf.json"), "utf8")));
  const output = process.env["CDKTF_OUTDIR"] ?? join(project, "cdktf.out");
  const done = await command("sh", ["-c", app], {
    cwd: project,
    environment: {
      ...process.env,
      CDKTF_OUTDIR: output,
      ...(cluster === undefined ? {} : { SLIPWAY_CLUSTER: resolve(cluster) }),
    },
  });
  if (done.code !== 0) throw new Mistake(done.output);
  const { stacks } = manifestSchema.parse(JSON.parse(await readFile(join(output, "manifest.json"), "utf8")));
  return inOrder(
    Object.values(stacks).map(({ name, workingDirectory, dependencies }) => ({
      name,
      folder: join(output, workingDirectory),
      needs: dependencies,
    })),
  );
}

/** inOrder: a stack stands behind all that it needs; the manifest has them in the order of the alphabet. */
function inOrder(stacks: readonly Stack[]): Stack[] {
  const ordered: Stack[] = [];
  while (ordered.length < stacks.length) {
    const next = stacks.find(
      (stack) =>
        !ordered.includes(stack) && stack.needs.every((need) => ordered.some(({ name }) => name === need)),
    );
    if (next === undefined)
      throw new Error(`stacks need each other in a circle: ${stacks.map(({ name }) => name).join(", ")}`);
    ordered.push(next);
  }
  return ordered;
}

const settingsSchema = z.object({ app: z.string() });

const manifestSchema = z.object({
  stacks: z.record(
    z.string(),
    z.object({
      name: z.string(),
      workingDirectory: z.string(),
      dependencies: z.array(z.string()),
    }),
  ),
});
