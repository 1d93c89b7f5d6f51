import { mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, truncateSync, existsSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import type { AgentInterface, InstalledSystem, PoweredMachine } from "../../machine";
import { readNetworkConfig } from "../cloud-init/network-config";
import { type Autoinstall, readUserData, type UserData } from "../cloud-init/user-data";
import type { Console } from "../console";
import { online } from "../reach";
import type { Surroundings } from "../surroundings";
import type { Reply } from "../system/bus";
import { type Computer, startComputer } from "../system/computer";
import { leave, remaining } from "./leftovers";

export interface RunningInstaller {
  agent(): readonly AgentInterface[] | undefined;
  halt(): Promise<void>;
}

/**
 * startInstaller boots Ubuntu's live server ISO: its own cloud-init runs bootcmd, then the installer reads
 * `autoinstall` from the user-data. It writes to a disk only once somebody confirmed, or where /proc/cmdline
 * says autoinstall when it starts.
 * @see https://canonical-subiquity.readthedocs-hosted.com/en/latest/explanation/zero-touch-autoinstall.html
 */
export async function startInstaller(
  around: Surroundings,
  machine: PoweredMachine,
  console: Console,
  poweredOff: () => void,
): Promise<RunningInstaller> {
  const live = mkdtempSync(join(around.folder, "live-"));
  const target = join(live, "target");
  mkdirSync(target);
  mkdirSync(join(live, "run"));
  const network = around.dhcp(readNetworkConfig(machine.seed?.networkConfig, machine.nics));
  const computer = await startComputer(around, {
    machine: machine.name,
    root: live,
    hostname: "ubuntu-server",
    network,
    console,
  });
  let commandLine = "BOOT_IMAGE=/casper/vmlinuz ---";
  Object.assign(computer.programs, {
    mount(args: readonly string[]): Reply {
      const [from = "", to = ""] = args.filter((word) => !word.startsWith("-"));
      if (!existsSync(from))
        return { code: 32, text: `mount: ${to}: special device ${from} does not exist.` };
      if (to === "/proc/cmdline") commandLine = readFileSync(from, "utf8").trim();
      return { code: 0 };
    },
    curtin: (args: readonly string[]) => inTarget(computer, target, args),
  });

  let on = true;
  const cutOff = new AbortController();
  const done = install().catch((error: unknown) => {
    console.fail(`installer: ${error instanceof Error ? error.message : String(error)}`);
  });
  return {
    agent: () => undefined,
    async halt() {
      on = false;
      cutOff.abort();
      await computer.close();
      await done;
      rmSync(live, { recursive: true, force: true });
    },
  };

  async function install(): Promise<void> {
    const userData = readAnswers(machine);
    for (const command of userData.bootcmd) await computer.shell.run(command);
    const answers = userData.autoinstall;
    if (answers === undefined) throw new Error("no autoinstall in the user-data: it waits for a human");
    if (!commandLine.split(/\s+/).includes("autoinstall"))
      throw new Error("Continue with autoinstall? (yes|no)");
    const system = await installOn(computer, answers, target);
    await pause(installing, undefined, { signal: cutOff.signal }).catch(() => undefined);
    if (!on) return;
    const drive = [...machine.disks].find(([, content]) => content.kind === "empty")?.[0];
    if (drive === undefined) throw new Error("no empty disk to install on");
    const root = around.disks.rootOf(system);
    rmSync(root, { recursive: true });
    renameSync(target, root);
    machine.disks.set(drive, { kind: "system", system });
    if (answers.shutdown === "poweroff") poweredOff();
    else console.say("installer: Please remove the installation medium, then press ENTER");
  }
}

/** installing takes minutes in reality: here long enough that whoever started the machine, and looks each second, sees it run. */
const installing = 2500;

function readAnswers(machine: PoweredMachine): UserData {
  const { seed } = machine;
  if (seed?.userData === undefined || seed.metaData === undefined)
    throw new Error("no cloud-init drive: it waits for a human");
  return readUserData(seed.userData);
}

async function installOn(computer: Computer, answers: Autoinstall, target: string): Promise<InstalledSystem> {
  if (answers.identity === undefined && answers["user-data"] === undefined) {
    throw new Error("autoinstall needs identity or user-data");
  }
  const run = async (kind: "early" | "late"): Promise<void> => {
    for (const command of answers[`${kind}-commands`]) {
      const { code } = await computer.shell.run(command);
      if (code !== 0) throw new Error(`${kind}-commands: ${String(command)}: exited with status ${code}`);
    }
  };
  await run("early");
  if (answers.packages.length > 0 && !online(computer.network)) {
    throw new Error(
      `cannot install ${answers.packages.join(", ")}: no network (no DHCP server answered, or no name server)`,
    );
  }
  leave(target);
  await run("late");
  return {
    guestAgent: answers.packages.includes("qemu-guest-agent"),
    installerLeftovers: remaining(target),
  };
}

/** inTarget plays `curtin in-target`: a command inside the installed system. */
async function inTarget(computer: Computer, target: string, args: readonly string[]): Promise<Reply> {
  const command = args.slice(args.indexOf("--") + 1);
  if (args[0] !== "in-target" || command.length === 0)
    return { code: 2, text: "curtin: only in-target is played here" };
  if (command[0] !== "cloud-init")
    return computer.shell.run(command.map((word) => (word.startsWith("/") ? `/target${word}` : word)));
  if (command[1] === "clean" && command.includes("--machine-id"))
    truncateSync(join(target, "etc/machine-id"));
  return { code: 0 };
}
