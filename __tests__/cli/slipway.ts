import { spawnSync } from "node:child_process";
import { join } from "node:path";

const project = join(__dirname, "..", "..");

export interface Answer {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** slipway runs the command line as an operator would, its output going into a pipe. */
export function slipway(
  args: readonly string[],
  environment: Record<string, string> = {},
  cwd = project,
): Answer {
  const { status, stdout, stderr } = spawnSync(join(project, "slipway"), args, {
    cwd,
    encoding: "utf8",
    env: { ...process.env, SLIPWAY_CLUSTER: "", ...environment },
  });
  return { status, stdout, stderr };
}

/** exampleOf a cluster file in examples/. */
export function exampleOf(name: string): string {
  return join(project, "examples", `${name}.ts`);
}
