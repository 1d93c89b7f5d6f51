import { join, resolve } from "node:path";
import { appOf, stacksIn, type Stack } from "../../lab/engine/synthesis";
import { Mistake } from "../mistake";
import { command } from "./command";

const project = resolve(__dirname, "..", "..");

/** synthesized stacks of a cluster file in the order in which they are deployed, in cdktf.out as `cdktf synth` has them. */
export async function synthesized(cluster: string | undefined): Promise<Stack[]> {
  const [app, ...args] = await appOf(project);
  const output = process.env["CDKTF_OUTDIR"] ?? join(project, "cdktf.out");
  const done = await command(app, args, {
    cwd: project,
    environment: {
      ...process.env,
      CDKTF_OUTDIR: output,
      ...(cluster === undefined ? {} : { SLIPWAY_CLUSTER: resolve(cluster) }),
    },
  });
  if (done.code !== 0) throw new Mistake(done.output);
  return inOrder(await stacksIn(output));
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
