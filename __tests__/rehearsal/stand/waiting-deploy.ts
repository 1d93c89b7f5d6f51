import { spawn } from "node:child_process";
import { once } from "node:events";

/** WaitingDeploy has planned, holds the lock of its state, and waits for a word at its prompt. */
export interface WaitingDeploy {
  /** answer it, and wait for its end. */
  answer(word: string): Promise<number | null>;
  /** kill it as a crash or a cut power line would. */
  kill(): Promise<void>;
}

export async function waitingDeploy(
  engine: string,
  args: readonly string[],
  { cwd, environment }: { readonly cwd: string; readonly environment: Readonly<Record<string, string>> },
): Promise<WaitingDeploy> {
  const child = spawn(engine, ["apply", "-no-color", ...args], {
    cwd,
    env: { ...environment, TF_INPUT: "1" },
    stdio: ["pipe", "pipe", "pipe"],
  });
  const exit = once(child, "exit");
  const kill = (): void => void child.kill("SIGKILL");
  process.once("exit", kill);
  const ended = async (): Promise<number | null> => {
    await exit;
    process.removeListener("exit", kill);
    return child.exitCode;
  };
  const said: string[] = [];
  const asks = new Promise<boolean>((resolve) => {
    const listen = (text: string): void => {
      said.push(text);
      if (said.join("").includes("Enter a value:")) resolve(true);
    };
    child.stdout.setEncoding("utf8").on("data", listen);
    child.stderr.setEncoding("utf8").on("data", listen);
    child.once("close", () => resolve(false));
  });
  if (!(await asks)) throw new Error(`the deploy ended before it asked:\n${said.join("")}`);
  return {
    answer(word) {
      child.stdin.end(`${word}\n`);
      return ended();
    },
    async kill() {
      kill();
      await ended();
    },
  };
}
