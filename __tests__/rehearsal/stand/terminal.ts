import { spawn } from "node:child_process";
import type { Command } from "../../../lab/engine/run";

export interface Typed {
  readonly code: number | null;
  readonly output: string;
}

/** atTerminal runs a command where somebody sits: `typed` is what they press when it asks. */
export async function atTerminal(
  { file, args, cwd, environment }: Pick<Command, "file" | "args" | "cwd" | "environment">,
  asked: string,
  typed: string,
): Promise<Typed> {
  const line = [file, ...args].map((word) => `'${word}'`).join(" ");
  const child = spawn("script", ["--quiet", "--return", "--flush", "--command", line, "/dev/null"], {
    cwd,
    env: { ...environment, TERM: "xterm" },
    stdio: ["pipe", "pipe", "inherit"],
  });
  const kill = (): void => void child.kill("SIGKILL");
  process.once("exit", kill);
  let output = "";
  let isAnswered = false;
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    output += text;
    if (isAnswered || !output.includes(asked)) return;
    isAnswered = true;
    child.stdin.write(typed);
  });
  const code = await new Promise<number | null>((resolve) => child.once("close", resolve));
  process.removeListener("exit", kill);
  return { code, output };
}
