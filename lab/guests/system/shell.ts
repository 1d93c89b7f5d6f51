import { type ChildProcessByStdio, spawn } from "node:child_process";
import { basename, join } from "node:path";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import type { Command } from "../cloud-init/user-data";
import type { Console } from "../console";

export interface ShellResult {
  readonly code: number;
  readonly output: string;
}

/** Daemon is a program that runs on until it ends or is killed. */
export interface Daemon {
  /** ended resolves with its exit status. */
  readonly ended: Promise<number>;
  readonly kill: () => void;
}

export interface ShellOptions {
  readonly root: string;
  /** programs, the only folder on PATH. */
  readonly programs: string;
  readonly console: Console;
  readonly environment: Readonly<Record<string, string>>;
}

const commandTimeoutMs = 240_000;
const bash = "/bin/bash";
/** killed, the status of a program that a signal ended. */
const killed = 137;

interface Process {
  readonly child: ChildProcessByStdio<null, Readable, Readable>;
  /** kill ends it with its children. */
  readonly kill: () => void;
}

/** Shell runs a machine's commands for real, with the machine's root in ROOT and nothing else of this computer. */
export class Shell {
  private readonly groups = new Set<number>();
  private off = false;

  constructor(private readonly options: ShellOptions) {}

  /** run executes one runcmd entry: a string as bash reads it, a list as program and arguments. */
  async run(command: Command, extra: Readonly<Record<string, string>> = {}): Promise<ShellResult> {
    const shown = typeof command === "string" ? command : command.join(" ");
    const [program, ...args] =
      typeof command === "string" ? [bash, "-c", this.map(command)] : this.mapList(command);
    const pinned = /\b[0-9a-f]{64}\b/.exec(shown)?.[0];
    const result = await this.execute(program ?? "", args, {
      ...extra,
      ...(pinned && { LAB_PINNED_DIGEST: pinned }),
    });
    this.options.console.commands.push(`[${result.code}] ${shown}`);
    for (const line of result.output.split("\n")) if (line.trim() !== "") this.options.console.say(line);
    return result;
  }

  /** killAll ends every process the machine started, with its children. */
  killAll(): void {
    this.off = true;
    for (const group of this.groups) kill(group);
  }

  /** serve starts a command that stays; what it prints is said line by line. */
  serve(command: string, extra: Readonly<Record<string, string>> = {}): Daemon {
    if (this.off) return { ended: Promise.resolve(killed), kill: () => undefined };
    const { child, kill } = this.spawn(bash, ["-c", this.map(command)], extra);
    for (const input of [child.stdout, child.stderr]) {
      createInterface({ input }).on("line", (line) => {
        this.options.console.say(line);
      });
    }
    const ended = new Promise<number>((resolve) => {
      child.on("error", () => {
        resolve(127);
      });
      child.on("close", (code) => {
        resolve(code ?? killed);
      });
    });
    return { ended, kill };
  }

  private execute(
    program: string,
    args: string[],
    extra: Readonly<Record<string, string>>,
  ): Promise<ShellResult> {
    if (this.off) return Promise.resolve({ code: killed, output: "" });
    const { child, kill } = this.spawn(program, args, extra);
    return new Promise((resolve) => {
      const chunks: Buffer[] = [];
      child.stdout.on("data", (chunk: Buffer) => chunks.push(chunk));
      child.stderr.on("data", (chunk: Buffer) => chunks.push(chunk));
      const timer = setTimeout(kill, commandTimeoutMs);
      let missing = "";
      child.on("error", () => (missing = `${program}: command not found`));
      child.on("close", (code) => {
        clearTimeout(timer);
        const output = Buffer.concat(chunks).toString();
        if (missing === "") resolve({ code: code ?? killed, output });
        else resolve({ code: 127, output: missing });
      });
    });
  }

  private spawn(program: string, args: string[], extra: Readonly<Record<string, string>>): Process {
    const { root, programs, environment } = this.options;
    const child = spawn(program, args, {
      cwd: root,
      detached: true,
      stdio: ["ignore", "pipe", "pipe"],
      env: {
        PATH: programs,
        HOME: join(root, "root"),
        LANG: "C.UTF-8",
        ROOT: root,
        ...environment,
        ...extra,
      },
    });
    const group = child.pid;
    if (group !== undefined) this.groups.add(group);
    child.on("close", () => {
      if (group !== undefined && !lives(group)) this.groups.delete(group);
    });
    return {
      child,
      kill: () => {
        if (group !== undefined && this.groups.has(group)) kill(group);
      },
    };
  }

  private mapList(command: readonly string[]): string[] {
    const shell = /(^|\/)(ba)?sh$/.test(command[0] ?? "") && command[1] === "-c";
    const [program = "", ...args] = command.map((word, index) =>
      shell && index === 2 ? this.map(word) : this.mapPath(word),
    );
    return [program.includes("/") ? program : join(this.options.programs, program), ...args];
  }

  private map(text: string): string {
    return text.replace(/(?<=^|[\s"'=;&|(<>])\/[\w./+@%-]+/g, (path) => this.mapPath(path));
  }

  /** mapPath leads a path of the machine into its root, and a program of the system to the machine's own programs. */
  private mapPath(word: string): string {
    const { root, programs } = this.options;
    const elsewhere = [root, programs, "/dev/", "/proc/", "/sys/"].some((place) => word.startsWith(place));
    if (!word.startsWith("/") || elsewhere) return word;
    if (/^(\/usr)?\/s?bin\//.test(word)) return join(programs, basename(word));
    return join(root, word);
  }
}

function lives(group: number): boolean {
  try {
    return process.kill(-group, 0);
  } catch {
    return false;
  }
}

function kill(group: number): void {
  try {
    process.kill(-group, "SIGKILL");
  } catch (error) {
    // not instanceof Error: a test runner's realm has another Error than Node's own modules
    if (!(typeof error === "object" && error !== null && "code" in error && error.code === "ESRCH"))
      throw error;
  }
}
