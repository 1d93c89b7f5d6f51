import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import type { AgentInterface, InstalledSystem, PoweredMachine } from "../machine";
import { runFirstBoot } from "./cloud-init/first-boot";
import { claim } from "./claims";
import type { Console } from "./console";
import { keep } from "./disks";
import { standInVersion } from "./releases";
import { startAgent } from "./rke2/agent";
import { startServer } from "./rke2/server";
import { startHaproxy } from "./load-balancer/haproxy";
import { startKeepalived } from "./load-balancer/keepalived";
import { networkOf, readSeed } from "./seed";
import type { Surroundings } from "./surroundings";
import type { Reply } from "./system/bus";
import { type Computer, startComputer } from "./system/computer";
import { proxyFor, proxySettings } from "./system/http-proxy";
import { isInstalled } from "./system/package-list";
import { type Service, ServiceManager } from "./system/service-manager";
import { addUser } from "./system/users";

export interface RunningSystem {
  agent(): readonly AgentInterface[] | undefined;
  halt(): Promise<void>;
}

/** startSystem boots an installed disk: network, enabled units, then cloud-init if this instance is new to it. */
export async function startSystem(
  around: Surroundings,
  machine: PoweredMachine,
  system: InstalledSystem,
  console: Console,
  poweredOff: () => void,
): Promise<RunningSystem> {
  const root = around.disks.rootOf(system);
  const seed = readSeed(machine, system, console);
  const isNew = seed !== undefined && system.seededBy !== seed.metaData.instanceId;
  const network = around.dhcp(networkOf(root, machine, isNew ? seed : undefined, console));
  if (isNew) keep(root, "etc/hostname", `${seed.userData?.hostname ?? seed.metaData.hostname ?? "ubuntu"}\n`);
  for (const { from, version } of around.onDisk)
    await around.release.releases.layIn(join(root, new URL(from).pathname), version);
  const release = claim(around, machine, root, network);
  const computer = await startComputer(around, {
    machine: machine.name,
    root,
    hostname: hostnameOf(root),
    network,
    console,
  });
  const services = new ServiceManager(
    root,
    computer.shell,
    console,
    playedServices(around, computer),
    (unit) => {
      return (
        (unit === "qemu-guest-agent.service" && system.guestAgent) ||
        (unit === "iscsid.service" && isInstalled(root, "open-iscsi"))
      );
    },
  );
  playPrograms(around, computer, services, poweredOff);

  let on = true;
  const halting = new AbortController();
  const booted = boot().catch((error: unknown) => {
    if (halting.signal.aborted) return;
    console.fail(error instanceof Error ? error.message : String(error));
  });
  return {
    agent: () =>
      on && machine.agentEnabled && system.guestAgent ? [loopback, ...network.interfaces] : undefined,
    async halt() {
      on = false;
      halting.abort();
      computer.shell.killAll();
      await services.stopAll();
      await computer.close();
      await booted;
      release();
    },
  };

  async function boot(): Promise<void> {
    const isRestart = system.seededBy !== undefined && !isNew;
    if (isRestart) await pause(around.restartMilliseconds, undefined, { signal: halting.signal });
    for (const command of seed?.userData?.bootcmd ?? []) await computer.shell.run(command);
    await services.startEnabled();
    if (!isNew) return;
    system.seededBy = seed.metaData.instanceId;
    if (seed.userData !== undefined) await runFirstBoot(computer, system, seed.userData);
    const mode = seed.userData?.power_state?.mode;
    if (on && (mode === "poweroff" || mode === "halt")) poweredOff();
  }
}

const loopback: AgentInterface = {
  name: "lo",
  mac: "00:00:00:00:00:00",
  addresses: [{ address: "127.0.0.1", prefix: 8 }],
};

function playedServices(around: Surroundings, computer: Computer): Readonly<Record<string, Service>> {
  const versionOf = (binary: string): string => {
    const version = standInVersion(readFileSync(join(computer.root, binary), "utf8"));
    if (version === undefined) throw new Error(`${binary}: cannot execute binary file: it is not RKE2's`);
    return version;
  };
  return {
    "rke2-server.service": {
      start: async (binary, environment) =>
        startServer(around.world, asTold(computer, environment), versionOf(binary)),
    },
    "rke2-agent.service": {
      start: async (binary, environment) =>
        startAgent(around.world, asTold(computer, environment), versionOf(binary)),
    },
    "haproxy.service": { start: () => startHaproxy(around.world, computer) },
    "keepalived.service": { start: () => startKeepalived(around.vrrp, computer) },
  };
}

function playPrograms(
  around: Surroundings,
  computer: Computer,
  services: ServiceManager,
  poweredOff: () => void,
): void {
  const off = (): { code: number } => {
    setImmediate(poweredOff);
    return { code: 0 };
  };
  Object.assign(computer.programs, {
    systemctl: (args: readonly string[]) => services.systemctl(args),
    sysctl: (args: readonly string[]) => loadSettings(computer, args),
    useradd: (args: readonly string[]) => addUser(computer.root, args),
    poweroff: off,
    shutdown: off,
    sha256sum([digest = ""]: readonly string[]) {
      if (!around.release.releases.isStandIn(digest)) return { code: 1 };
      const note = "RKE2 release digest not compared (stand-in)";
      if (!around.notes.includes(note)) around.notes.push(note);
      return { code: 0 };
    },
  });
}

/** asTold by a unit's environment: a program asks no peer where it was told to ask a proxy. */
function asTold(computer: Computer, environment: Readonly<Record<string, string>>): Computer {
  const settings = proxySettings(environment, "go");
  return {
    ...computer,
    reach: (host, port) =>
      proxyFor(settings, new URL(`https://${host}:${port}`)) === undefined
        ? computer.reach(host, port)
        : undefined,
  };
}

function loadSettings({ kernel }: Computer, args: readonly string[]): Reply {
  try {
    for (const file of args.filter((word) => !word.startsWith("-"))) kernel.load(file);
    return { code: 0 };
  } catch (error) {
    return { code: 255, text: error instanceof Error ? error.message : String(error) };
  }
}

function hostnameOf(root: string): string {
  const path = join(root, "etc/hostname");
  return existsSync(path) ? readFileSync(path, "utf8").trim() : "ubuntu";
}
