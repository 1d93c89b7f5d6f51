import { existsSync, lstatSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import type { Console } from "../console";
import type { Reply } from "./bus";
import type { Shell } from "./shell";
import { type ExecLine, readEnvironmentFile, readUnit, type UnitFile } from "./unit-file";

/** Service is a program the lab plays instead of running its binary. */
export interface Service {
  /** start resolves once the service is up and throws what the program would say when it refuses. */
  start(binary: string, environment: Readonly<Record<string, string>>): Promise<RunningService>;
}

export interface RunningService {
  /** died resolves with the reason when the program ends by itself. */
  readonly died: Promise<string>;
  stop(): Promise<void>;
}

interface Unit {
  state: "inactive" | "activating" | "active" | "failed";
  /** halt ends the unit's loop and resolves when it has. */
  halt?: () => Promise<void>;
}

/** restartMs stands for RKE2's RestartSec=5s. */
const restartMs = 300;

/** exited, the reason of a program that had nothing more to do. */
const exited = "exited";

/** preinstalled units of an Ubuntu server that a script may name; the lab only remembers that it did. */
const preinstalled =
  /^(ssh|systemd-(timesyncd|networkd|resolved|sysctl|modules-load)|ufw|chrony|multipathd|unattended-upgrades|apt-daily(-upgrade)?)\.(service|timer|socket)$/;

/** ServiceManager is a machine's systemd, as far as its scripts and RKE2's units need one. */
export class ServiceManager {
  private readonly units = new Map<string, Unit>();
  private off = false;

  constructor(
    private readonly root: string,
    private readonly shell: Shell,
    private readonly console: Console,
    private readonly services: Readonly<Record<string, Service>>,
    /** has tells whether a package's own unit is installed. */
    private readonly has: (unit: string) => boolean,
  ) {}

  /** systemctl answers one call. */
  async systemctl(args: readonly string[]): Promise<Reply> {
    const [verb = "", ...rest] = args.filter((word) => !word.startsWith("-"));
    const flags = args.filter((word) => word.startsWith("-"));
    if (["daemon-reload", "is-system-running", "mask", "unmask"].includes(verb)) return { code: 0 };
    const replies: Reply[] = [];
    for (const word of rest) {
      replies.push(await this.one(verb, word.includes(".") ? word : `${word}.service`, flags));
    }
    return (
      replies.find((reply) => reply.code !== 0) ??
      replies[0] ?? { code: 1, text: `systemctl: ${verb}: no unit named` }
    );
  }

  /** startEnabled starts what the disk says is enabled, as at boot. */
  async startEnabled(): Promise<void> {
    const folder = join(this.root, "etc/systemd/system/multi-user.target.wants");
    const names = existsSync(folder) ? readdirSync(folder) : [];
    await Promise.all(names.map((name) => this.one("start", name, ["--no-block"])));
  }

  async stopAll(): Promise<void> {
    this.off = true;
    await Promise.all([...this.units.values()].map((unit) => unit.halt?.() ?? Promise.resolve()));
  }

  private async one(verb: string, name: string, flags: readonly string[]): Promise<Reply> {
    const unit = this.units.get(name) ?? { state: "inactive" };
    this.units.set(name, unit);
    const file = readUnit(this.root, name);
    const isPlayed = file === undefined && (preinstalled.test(name) || this.has(name));
    if (verb === "is-active") {
      const state = isPlayed ? "active" : unit.state;
      return { code: state === "active" ? 0 : 3, text: state };
    }
    const wanted = join(this.root, "etc/systemd/system/multi-user.target.wants", name);
    if (verb === "is-enabled")
      return linked(wanted) ? { code: 0, text: "enabled" } : { code: 1, text: "disabled" };
    if (isPlayed) return { code: 0 };
    if (file === undefined) return { code: 5, text: `Unit ${name} could not be found.` };
    if (verb === "enable" && !linked(wanted)) {
      mkdirSync(join(this.root, "etc/systemd/system/multi-user.target.wants"), { recursive: true });
      symlinkSync(name, wanted);
    }
    if (verb === "disable") rmSync(wanted, { force: true });
    const [now, noBlock] = [flags.includes("--now"), flags.includes("--no-block")];
    if (verb === "stop" || (verb === "disable" && now)) await unit.halt?.();
    if (verb === "start" || (verb === "enable" && now)) return this.start(name, unit, file, noBlock);
    if (verb === "restart" || (verb === "try-restart" && unit.halt !== undefined)) {
      const done = Promise.resolve(unit.halt?.()).then(() => this.start(name, unit, file, noBlock));
      return noBlock ? { code: 0 } : done;
    }
    return { code: 0 };
  }

  private async start(name: string, unit: Unit, file: UnitFile, noBlock: boolean): Promise<Reply> {
    if (unit.state === "active" || this.off) return { code: 0 };
    const first = unit.halt === undefined ? this.loop(name, unit, file) : Promise.resolve(false);
    if (noBlock) return { code: 0 };
    if (await first) return { code: 0 };
    return { code: 1, text: `Job for ${name} failed because the control process exited with error code.` };
  }

  /** loop runs the unit with its Restart= until halted; it resolves with the first start's outcome. */
  private loop(name: string, unit: Unit, file: UnitFile): Promise<boolean> {
    return new Promise((resolve) => {
      let halted = false;
      let wake: () => void = () => undefined;
      const halt = new Promise<void>((done) => (wake = done));
      const run = async (): Promise<void> => {
        while (!halted) {
          unit.state = "activating";
          const running = await this.startOnce(name, file).catch((error: unknown) => {
            this.console.say(`${name}: ${error instanceof Error ? error.message : String(error)}`);
            return undefined;
          });
          resolve(running !== undefined);
          let failed = true;
          if (running !== undefined) {
            unit.state = "active";
            const reason = await Promise.race([running.died, halt]);
            if (typeof reason === "string") this.console.say(`${name}: ${reason}`);
            failed = reason !== exited;
            await running.stop();
          }
          if (file.restart !== "always" && !(file.restart === "on-failure" && failed)) break;
          await Promise.race([halt, pause(restartMs)]);
        }
        unit.state = halted ? "inactive" : "failed";
        delete unit.halt;
      };
      const ended = run();
      unit.halt = () => {
        halted = true;
        wake();
        return ended;
      };
    });
  }

  private async startOnce(name: string, file: UnitFile): Promise<RunningService> {
    const environment = this.environmentOf(file);
    for (const line of file.execStartPre) {
      const { code } = await this.shell.run(line.command, environment);
      if (code !== 0 && !line.ignoreFailure)
        throw new Error(`ExecStartPre=${line.command} exited with status ${code}`);
    }
    const [main] = file.execStart;
    if (main === undefined) throw new Error("has no ExecStart= setting");
    const binary = main.command.split(" ")[0] ?? "";
    const service = this.services[name];
    if (service !== undefined) {
      if (!existsSync(join(this.root, binary)))
        throw new Error(`Failed to locate executable ${binary}: No such file or directory`);
      return service.start(binary, environment);
    }
    if (file.type !== "oneshot") return this.serve(main, environment);
    for (const line of file.execStart) {
      const { code } = await this.shell.run(line.command, environment);
      if (code !== 0 && !line.ignoreFailure)
        throw new Error(`ExecStart=${line.command} exited with status ${code}`);
    }
    return { died: new Promise<string>(() => undefined), stop: () => Promise.resolve() };
  }

  /** serve is a script as a service of Type=simple: up as soon as it runs. */
  private serve(main: ExecLine, environment: Readonly<Record<string, string>>): RunningService {
    const { ended, kill } = this.shell.serve(main.command, environment);
    return {
      died: ended.then((code) =>
        code === 0 || main.ignoreFailure ? exited : `main process exited with status ${code}`,
      ),
      async stop() {
        kill();
        await ended;
      },
    };
  }

  private environmentOf(file: UnitFile): Record<string, string> {
    const environment = { ...file.environment };
    for (const { path, optional } of file.environmentFiles) {
      const target = join(this.root, path);
      if (existsSync(target)) Object.assign(environment, readEnvironmentFile(readFileSync(target, "utf8")));
      else if (!optional)
        throw new Error(`Failed to load environment files: ${path}: No such file or directory`);
    }
    return environment;
  }
}

function linked(path: string): boolean {
  try {
    return lstatSync(path).isSymbolicLink();
  } catch {
    return false;
  }
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds).unref());
}
