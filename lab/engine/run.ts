import { type ChildProcess, execFileSync, spawn } from "node:child_process";

export interface Command {
  readonly file: string;
  readonly args: readonly string[];
  readonly cwd: string;
  /** environment, whole: nothing is inherited. */
  readonly environment: Readonly<Record<string, string>>;
  /** seconds until the command and everything it started is ended. */
  readonly seconds: number;
  /** onLine is given every line of both streams as it appears. */
  readonly onLine?: (line: string) => void;
  /** interrupted ends the command before its time. */
  readonly interrupted?: AbortSignal;
  /** stopped does what Ctrl-C does: SIGINT to the command and everything it started, which end in their own time. */
  readonly stopped?: AbortSignal;
}

export interface Finished {
  /** code, the exit status; undefined if the command could not start, was ended by a signal, or ran out of time. */
  readonly code: number | undefined;
  readonly stdout: string;
  /** output, both streams in the order they arrived; with `failure` at its end if it did not finish by itself. */
  readonly output: string;
}

/** run executes one command in a process group of its own and leaves nothing of it behind. */
export async function run(command: Command): Promise<Finished> {
  const child = spawn(command.file, command.args, {
    cwd: command.cwd,
    env: command.environment,
    stdio: ["ignore", "pipe", "pipe"],
    detached: true,
  });
  const endGroup = (): void => signalGroup(child, "SIGKILL");
  process.once("exit", endGroup);
  const time = new AbortController();
  time.signal.addEventListener("abort", endGroup);
  const timer = setTimeout(() => time.abort(), command.seconds * 1000);
  command.interrupted?.addEventListener("abort", endGroup);
  command.stopped?.addEventListener("abort", () => signalGroup(child, "SIGINT"));

  const stdout: string[] = [];
  const output: string[] = [];
  const lines = splitLines(command.onLine);
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    stdout.push(text);
    output.push(text);
    lines(text);
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    output.push(text);
    lines(text);
  });

  const ended = await new Promise<{ code?: number; failure?: string }>((resolve) => {
    child.once("error", (error) => resolve({ failure: error.message }));
    child.once("close", (code, signal) =>
      resolve(code === null ? { failure: `ended by ${signal ?? "a signal"}` } : { code }),
    );
  });
  // cdktf leaves at once, and the engine below it still has its state to save.
  while (command.stopped?.aborted === true && !time.signal.aborted && groupRuns(child)) await pause();
  clearTimeout(timer);
  command.interrupted?.removeEventListener("abort", endGroup);
  process.removeListener("exit", endGroup);
  endGroup();
  if (time.signal.aborted) output.push(`\n${command.file}: not finished after ${command.seconds} s, ended\n`);
  else if (ended.failure !== undefined) output.push(`\n${command.file}: ${ended.failure}\n`);
  return {
    code: time.signal.aborted ? undefined : ended.code,
    stdout: stdout.join(""),
    output: output.join(""),
  };
}

function signalGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, signal);
  } catch {
    // the whole group has ended already
  }
}

/** groupRuns: one of the group has not ended; one that nobody has asked about its end has. */
function groupRuns({ pid }: ChildProcess): boolean {
  const lines = execFileSync("ps", ["-A", "-o", "pgid=,stat="], { encoding: "utf8" }).split("\n");
  return lines.some((line) => {
    const [group, state = "Z"] = line.trim().split(/\s+/);
    return group === String(pid) && !state.startsWith("Z");
  });
}

function pause(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 100));
}

function splitLines(onLine: ((line: string) => void) | undefined): (text: string) => void {
  if (onLine === undefined) return () => undefined;
  let rest = "";
  return (text) => {
    const parts = (rest + text).split("\n");
    rest = parts.pop() ?? "";
    parts.forEach((line) => onLine(line));
  };
}
