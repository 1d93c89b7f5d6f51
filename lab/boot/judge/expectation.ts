import { createHash } from "node:crypto";
import { z } from "zod";
import { readNetworkConfig } from "../../guests/cloud-init/network-config";
import { type Command, readUserData, type UserData } from "../../guests/cloud-init/user-data";
import { decode, mode } from "../../guests/cloud-init/write-files";
import { readYaml } from "../../guests/cloud-init/yaml";
import type { BootMachine, BootSubject } from "../subject";

/** Expectation is what has to be true inside a machine, read from the bytes on its drive and from the plan. */
export interface Expectation {
  readonly name: string;
  readonly instanceId: string;
  readonly mac: string;
  /** card that has the planned address. */
  readonly card: string;
  /** address with its prefix, as planned. */
  readonly address: string;
  /** floating, an address that the machine may have beside its own. */
  readonly floating: string;
  readonly gateway: string;
  readonly nameservers: readonly string[];
  readonly files: readonly ExpectedFile[];
  readonly privateDirectories: readonly string[];
  readonly units: readonly ExpectedUnit[];
  readonly sysctls: Readonly<Record<string, string>>;
  readonly packages: readonly string[];
  /** rke2: its stand-in runs here. */
  readonly rke2: boolean;
}

export interface ExpectedFile {
  readonly path: string;
  readonly mode: string;
  readonly owner: string;
  readonly sha256: string;
}

export interface ExpectedUnit {
  readonly name: string;
  readonly enabled: string;
  /** active; absent = it may be either, for masking a unit ends nothing. */
  readonly active?: "active" | "inactive";
}

const metaData = z.object({ "instance-id": z.string() });

/** expectationOf a machine. */
export function expectationOf(
  machine: BootMachine,
  { network, api }: Pick<BootSubject, "network" | "api">,
): Expectation {
  const userData = readUserData(machine.seed.userData);
  const nics = [{ mac: machine.mac, bridge: "" }];
  const [card] = readNetworkConfig(machine.seed.networkConfig, nics).interfaces;
  if (card === undefined) throw new Error(`${machine.name} has no card`);
  return {
    name: machine.name,
    instanceId: metaData.parse(readYaml(machine.seed.metaData))["instance-id"],
    mac: machine.mac.toLowerCase(),
    card: card.name,
    address: `${machine.address}/${network.prefix}`,
    floating: api.address,
    gateway: network.gateway,
    nameservers: network.nameservers,
    files: userData.write_files.map((file) => ({
      path: file.path,
      mode: mode(file.permissions).toString(8).padStart(4, "0"),
      owner: file.owner,
      sha256: createHash("sha256").update(decode(file)).digest("hex"),
    })),
    privateDirectories: privateDirectoriesOf(userData),
    units: unitsOf(userData),
    sysctls: sysctlsOf(userData),
    packages: userData.packages.flat(),
    rke2: machine.role !== "load-balancer",
  };
}

/** privateDirectoriesOf: what bootcmd makes with mode 0700. */
function privateDirectoriesOf({ bootcmd }: UserData): string[] {
  return bootcmd
    .map(wordsOf)
    .filter((words) => words.includes("--mode=0700"))
    .flatMap((words) => words.filter((word) => word.startsWith("/")));
}

/** unitsOf a machine: what its commands enable and start has to run. */
function unitsOf({ runcmd }: UserData): Expectation["units"] {
  const commands = runcmd.map(wordsOf).filter(([program]) => program === "systemctl");
  const named = (verb: string): Set<string> =>
    new Set(commands.filter((words) => words.includes(verb)).map((words) => words.at(-1) ?? ""));
  const [enabled, started, masked] = [named("enable"), named("start"), named("mask")];
  return [
    ...[...new Set([...enabled, ...started])].map((name) => ({
      name,
      enabled: enabled.has(name) ? "enabled" : "static",
      active: started.has(name) ? ("active" as const) : ("inactive" as const),
    })),
    ...[...masked].map((name) => ({ name, enabled: "masked" })),
  ];
}

/** sysctlsOf the files below /etc/sysctl.d. */
function sysctlsOf({ write_files }: UserData): Record<string, string> {
  const lines = write_files
    .filter(({ path }) => path.startsWith("/etc/sysctl.d/"))
    .flatMap((file) => decode(file).toString("utf8").split("\n"));
  const pairs = lines.flatMap((line) => {
    const [, name, value] = /^\s*([^#\s=]+)\s*=\s*(.*?)\s*$/.exec(line) ?? [];
    return name === undefined || value === undefined ? [] : [[name, value] as const];
  });
  return Object.fromEntries(pairs);
}

function wordsOf(command: Command): readonly string[] {
  return typeof command === "string" ? command.split(/\s+/) : command;
}
