import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { StartControlPlane } from "../kubernetes/contract";
import { startSimulated } from "../kubernetes/simulated";
import type { InstalledSystem, MachineRoom, PoweredMachine, RunningMachine } from "../machine";
import type { LabAuthority, LabNetwork } from "../network/contract";
import type { ReleaseFolder } from "../site";
import { Console } from "./console";
import { createDhcp, type DhcpOptions } from "./dhcp";
import { chooseBoot, Disks } from "./disks";
import { startInstaller } from "./installer/installer";
import { startSystem } from "./installed-system";
import { type Inspection, inspect } from "./inspection";
import { Vrrp } from "./load-balancer/vrrp";
import { openHouseProxies } from "./house-proxy";
import { openReleaseSite } from "./release-site";
import { Kubelets } from "./rke2/kubelets";
import { violate, type World } from "./rke2/world";
import type { Surroundings } from "./surroundings";
import { Clock } from "./system/clock";

export interface MachineRoomOptions {
  readonly network: LabNetwork;
  readonly authority: LabAuthority;
  /** scratch folder for the disks' files. */
  readonly scratch: string;
  /** dhcp that answers machines without an address of their own. @default nobody answers */
  readonly dhcp?: DhcpOptions;
  /** releases of RKE2 that the site keeps itself. @default none */
  readonly releases?: readonly ReleaseFolder[];
  /** proxies of the site, by their URLs. @default none */
  readonly proxies?: readonly string[];
  /** restartMilliseconds until a machine that has run before starts its services. @default 0 */
  readonly restartMilliseconds?: number;
  /** startControlPlane of each cluster that a server begins. @default the lab's own */
  readonly startControlPlane?: StartControlPlane;
}

export interface GuestRoom extends MachineRoom {
  inspect(): Inspection;
  /** letTimePass: every machine's clock goes on at once, and nothing else grows older. */
  letTimePass(seconds: number): void;
  /** close switches every machine off and removes what the room itself put up; disks stay. */
  close(): Promise<void>;
}

/** createMachineRoom plays machines from the bytes they are given: disk, cloud-init drive, NICs. */
export function createMachineRoom(options: MachineRoomOptions): GuestRoom {
  const { network, authority, scratch, releases = [], proxies = [] } = options;
  const folder = mkdtempSync(join(tmpdir(), "lab-guests-"));
  const world: World = {
    network,
    clusters: [],
    kubelets: new Kubelets(),
    startControlPlane: options.startControlPlane ?? startSimulated,
    violations: [],
  };
  const disks = new Disks(join(scratch, "disks"));
  const consoles = new Map<PoweredMachine, Console>();
  const running = new Set<RunningMachine>();
  const notes: string[] = [];
  const clock = new Clock(join(folder, "clock"));
  const claims = new Map<string, string>();
  const vrrp = new Vrrp(
    network,
    (text) => {
      violate(world, text);
    },
    (address) => claims.get(`address ${address}`),
  );
  const dhcp = createDhcp(options.dhcp);
  let closeProxies: () => Promise<void> = () => Promise.resolve();
  let opened: Promise<Surroundings> | undefined;
  const surroundings = (): Promise<Surroundings> => {
    opened ??= (async () => {
      const site = join(folder, "releases");
      mkdirSync(site);
      const onDisk = releases.filter(({ from }) => from.startsWith("file:"));
      const served = releases.filter((folder) => !onDisk.includes(folder)).map(({ from }) => from);
      const release = await openReleaseSite(network, authority, site, served);
      closeProxies = await openHouseProxies(network, proxies, (target, proxy) => {
        if (/:(6443|9345)$/.test(target))
          violate(world, `a machine asks ${target} through the proxy ${proxy}: peers are asked directly`);
      });
      return {
        network,
        authority,
        world,
        disks,
        dhcp,
        release,
        onDisk,
        proxies,
        restartMilliseconds: options.restartMilliseconds ?? 0,
        vrrp,
        clock,
        folder,
        notes,
        claims,
      };
    })();
    return opened;
  };

  return {
    async powerOn(machine, poweredOff) {
      const around = await surroundings();
      const console = new Console();
      consoles.set(machine, console);
      const boot = chooseBoot(machine);
      let turnOff: () => void = () => undefined;
      const turnedOff = new Promise<void>((resolve) => (turnOff = resolve));
      const started =
        boot.kind === "system"
          ? await startSystem(around, machine, systemOn(machine, boot.drive), console, turnOff)
          : boot.kind === "installer"
            ? await startInstaller(around, machine, console, turnOff)
            : undefined;
      if (started === undefined) console.say("No bootable device.");
      let halted: Promise<void> | undefined;
      const runs: RunningMachine = {
        agent: () => (halted === undefined ? started?.agent() : undefined),
        powerOff() {
          running.delete(runs);
          halted ??= started?.halt() ?? Promise.resolve();
          return halted;
        },
      };
      running.add(runs);
      void turnedOff.then(async () => {
        if (halted !== undefined) return;
        await runs.powerOff();
        poweredOff();
      });
      return runs;
    },
    discard: (content) => {
      disks.discard(content);
    },
    copy: (content) => disks.copy(content),
    inspect: () => inspect(world, consoles, notes, vrrp),
    letTimePass: (seconds) => {
      clock.pass(seconds);
    },
    async close() {
      await Promise.all([...running].map((machine) => machine.powerOff()));
      await Promise.all(world.clusters.map((cluster) => cluster.close()));
      if (opened !== undefined) await (await opened).release.close();
      await closeProxies();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** systemOn: an image becomes a system of this machine's own the first time it boots. */
function systemOn(machine: PoweredMachine, drive: string): InstalledSystem {
  const content = machine.disks.get(drive);
  if (content?.kind === "system") return content.system;
  const system: InstalledSystem = { guestAgent: false, installerLeftovers: [] };
  machine.disks.set(drive, { kind: "system", system });
  return system;
}
