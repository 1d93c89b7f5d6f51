import { spawn } from "node:child_process";
import { basename, join } from "node:path";
import type { Command } from "../cloud-init/user-data";
import type { Console } from "../console";

export interface ShellResult {
  readonly code: number;
  readonly output: string;
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

  private execute(
    program: string,
    args: string[],
    extra: Readonly<Record<string, string>>,
  ): Promise<ShellResult> {
    if (this.off) return Promise.resolve({ code: 137, output: "" });
    const { root, programs, environment } = this.options;
    return new Promise((resolve) => {
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
      const chunks: Buffer[] = [];
      child.stdout.on("data", (chunk: Buffer) => chunks.push(chunk));
      child.stderr.on("data", (chunk: Buffer) => chunks.push(chunk));
      const group = child.pid;
      if (group !== undefined) this.groups.add(group);
      const timer = setTimeout(() => {
        if (group !== undefined) kill(group);
      }, commandTimeoutMs);
      let missing = "";
      child.on("error", () => (missing = `${program}: command not found`));
      child.on("close", (code) => {
        clearTimeout(timer);
        if (group !== undefined && !lives(group)) this.groups.delete(group);
        const output = Buffer.concat(chunks).toString();
        if (missing === "") resolve({ code: code ?? 137, output });
        else resolve({ code: 127, output: missing });
      });
    });
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
    if (!(error instanceof Error && "code" in error && error.code === "ESRCH")) throw error;
  }
}
