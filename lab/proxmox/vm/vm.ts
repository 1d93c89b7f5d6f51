import { createHash } from "node:crypto";
import type { RunningMachine } from "../../machine";
import { died } from "../api/api-error";
import { type Drive, isDriveName, isUnusedName, parseDrive } from "../properties/drive";

/** Vm is one virtual machine: its configuration file, where it lies, and whether it runs. */
export interface Vm {
  readonly id: number;
  host: string;
  /** config, the options as they stand in the file, `lock` and `template` among them. */
  readonly config: Map<string, string>;
  power?: Power;
  /** lane, the end of the last power task: they follow one another, as under Proxmox's lock file. */
  lane?: Promise<void>;
}

export interface Power {
  readonly pid: number;
  /** since, seconds of the epoch. */
  readonly since: number;
  readonly machine: RunningMachine;
}

export const isTemplate = (vm: Vm): boolean => vm.config.get("template") === "1";

export const nameOf = (vm: Vm): string => vm.config.get("name") ?? `VM ${vm.id}`;

/** digestOf is what Proxmox calls the config digest. */
export const digestOf = (vm: Vm): string =>
  createHash("sha1")
    .update([...vm.config].map(([name, value]) => `${name}: ${value}\n`).join(""))
    .digest("hex");

export function assertUnlocked(vm: Vm): void {
  const lock = vm.config.get("lock");
  if (lock !== undefined) throw died(`VM is locked (${lock})`);
}

export function assertUnprotected(vm: Vm, what: string): void {
  if (vm.config.get("protection") === "1") throw died(`${what} - protection mode enabled`);
}

/** drivesOf lists the drives by name; unused volumes only when asked for. */
export function drivesOf(config: ReadonlyMap<string, string>, withUnused = false): [string, Drive][] {
  return [...config]
    .filter(([name]) => isDriveName(name) || (withUnused && isUnusedName(name)))
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => [name, parseDrive(value)]);
}

/** bootOrderOf reads `boot: order=scsi0;net0`. */
export function bootOrderOf(config: ReadonlyMap<string, string>): string[] {
  const order = /(?:^|,)order=([^,]*)/.exec(config.get("boot") ?? "")?.[1];
  return order === undefined ? [] : order.split(/[;\s]/).filter((device) => device !== "");
}

export const printBootOrder = (devices: readonly string[]): string => `order=${devices.join(";")}`;

export function addUnused(config: Map<string, string>, volid: string): string {
  let index = 0;
  while (config.has(`unused${index}`)) index += 1;
  config.set(`unused${index}`, volid);
  return `unused${index}`;
}
