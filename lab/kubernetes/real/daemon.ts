import { type ChildProcess, spawn } from "node:child_process";
import { closeSync, openSync, readFileSync } from "node:fs";
import type { Writable } from "node:stream";

export interface DaemonCommand {
  readonly name: string;
  readonly file: string;
  readonly args: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  /** log, the file that both output streams are appended to. */
  readonly log: string;
}

/** Daemon is a process that runs until it is stopped, and never longer than this one. */
export interface Daemon {
  readonly name: string;
  readonly pid: number;
  /** input that the process reads. */
  readonly input: Writable;
  /** failure, once it has ended without having been asked to: how, and its last lines. */
  failure(): string | undefined;
  /** ended resolves when the process is gone, for whatever reason. */
  readonly ended: Promise<void>;
  /** stop asks the process to end, and makes it end after that many seconds. */
  stop(seconds?: number): Promise<void>;
}

const lastLines = 15;

/** boundToThisProcess: the kernel ends a daemon with the lab, also when nothing is left to do it. Linux only. */
const boundToThisProcess = process.platform === "linux" ? ["setpriv", "--pdeathsig", "KILL", "--"] : [];

/** startDaemon gives the process a group of its own: an interrupt at the keyboard reaches it only through stop. */
export function startDaemon(command: DaemonCommand): Daemon {
  const log = openSync(command.log, "a", 0o600);
  const [file = "", ...args] = [...boundToThisProcess, command.file, ...command.args];
  const child = spawn(file, args, {
    cwd: "/",
    env: { PATH: "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", ...command.environment },
    stdio: ["pipe", log, log],
    detached: true,
  });
  const input = child.stdin;
  if (input === null) throw new Error("a child that was given a pipe has none");
  closeSync(log);
  input.on("error", () => undefined);
  let stopping = false;
  let failure: string | undefined;
  const kill = (): void => signalGroup(child, "SIGKILL");
  if (running.size === 0) process.once("exit", killAll);
  running.add(kill);
  const ended = new Promise<void>((resolve) => {
    const gone = (how: string): void => {
      running.delete(kill);
      if (running.size === 0) process.removeListener("exit", killAll);
      kill();
      if (!stopping) failure = `${command.name} ${how}. Its last lines:\n${tail(command.log)}`;
      resolve();
    };
    child.once("error", (error) => {
      gone(`could not be started: ${error.message}`);
    });
    child.once("exit", (code, signal) => {
      gone(code === null ? `was ended by ${signal ?? "a signal"}` : `ended with status ${code}`);
    });
  });
  return {
    name: command.name,
    pid: child.pid ?? 0,
    input,
    ended,
    failure: () => failure,
    async stop(seconds = 5) {
      stopping = true;
      if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
      signalGroup(child, "SIGTERM");
      const timer = setTimeout(kill, seconds * 1000);
      await ended;
      clearTimeout(timer);
    },
  };
}

/** running, how to end each daemon at once. */
const running = new Set<() => void>();

function killAll(): void {
  for (const kill of running) kill();
}

/** untilReady asks again and again; a daemon that ends meanwhile, or needs too long, is an error with its last lines. */
export async function untilReady(
  daemon: Daemon,
  log: string,
  seconds: number,
  ready: () => Promise<boolean>,
): Promise<void> {
  const deadline = performance.now() + seconds * 1000;
  while (!(await ready().catch(() => false))) {
    const failure = daemon.failure();
    if (failure !== undefined) throw new Error(failure);
    if (performance.now() > deadline) {
      throw new Error(`${daemon.name} is not ready after ${seconds} s. Its last lines:\n${tail(log)}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

/** tail of a log, for a reader. */
export function tail(log: string): string {
  const lines = readFileSync(log, "utf8").trimEnd().split("\n");
  return lines
    .slice(-lastLines)
    .map((line) => `  ${line}`)
    .join("\n");
}

function signalGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, signal);
  } catch {
    // the whole group has ended already
  }
}
