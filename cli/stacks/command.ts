import { spawn } from "node:child_process";

export interface CommandOptions {
  readonly cwd: string;
  readonly environment: NodeJS.ProcessEnv;
  /** shown: what it prints goes to the terminal at once. @default false */
  readonly shown?: boolean;
}

export interface Done {
  /** code, its exit status; 128 and more where a signal ended it. */
  readonly code: number;
  readonly stdout: string;
  /** output, both streams in the order they arrived. */
  readonly output: string;
}

/** command runs a program to its end, in this program's process group: Ctrl-C reaches it, and it ends in its own way. */
export async function command(
  file: string,
  args: readonly string[],
  { cwd, environment, shown = false }: CommandOptions,
): Promise<Done> {
  const child = spawn(file, args, { cwd, env: environment, stdio: ["ignore", "pipe", "pipe"] });
  const stdout: string[] = [];
  const output: string[] = [];
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    stdout.push(text);
    output.push(text);
    if (shown) process.stdout.write(text);
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    output.push(text);
    if (shown) process.stderr.write(text);
  });
  const waitItOut = (): void => undefined;
  process.on("SIGINT", waitItOut);
  try {
    const code = await new Promise<number>((resolve, reject) => {
      child.once("error", reject);
      child.once("close", (status) => resolve(status ?? 128));
    });
    return { code, stdout: stdout.join(""), output: output.join("") };
  } finally {
    process.removeListener("SIGINT", waitItOut);
  }
}
