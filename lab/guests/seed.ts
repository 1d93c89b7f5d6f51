import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { InstalledSystem, PoweredMachine } from "../machine";
import { type MetaData, readMetaData } from "./cloud-init/meta-data";
import { type GuestNetwork, readNetworkConfig, unconfigured } from "./cloud-init/network-config";
import { readUserData, type UserData } from "./cloud-init/user-data";
import type { Console } from "./console";
import { keep } from "./disks";
import { ignoresSeed } from "./installer/leftovers";

/** Seed is what cloud-init makes of a machine's cloud-init drive. */
export interface Seed {
  readonly metaData: MetaData;
  readonly userData?: UserData;
  readonly networkConfig?: string;
}

/** readSeed: without meta-data there is no NoCloud source; user-data that cannot be read is left out, as cloud-init does. */
export function readSeed(
  machine: PoweredMachine,
  system: InstalledSystem,
  console: Console,
): Seed | undefined {
  const { seed } = machine;
  if (seed?.metaData === undefined || ignoresSeed(system.installerLeftovers)) return undefined;
  const tried = <T>(read: () => T): T | undefined => {
    try {
      return read();
    } catch (error) {
      console.fail(error instanceof Error ? error.message : String(error));
      return undefined;
    }
  };
  const metaData = tried(() => readMetaData(seed.metaData ?? ""));
  if (metaData === undefined) return undefined;
  const userData = seed.userData === undefined ? undefined : tried(() => readUserData(seed.userData ?? ""));
  const ownNetwork = system.installerLeftovers.length === 0 ? seed.networkConfig : undefined;
  return {
    metaData,
    ...(userData === undefined ? {} : { userData }),
    ...(ownNetwork === undefined ? {} : { networkConfig: ownNetwork }),
  };
}

/** networkOf: a new instance's network-config is kept on the disk; later boots use what is there. */
export function networkOf(
  root: string,
  machine: PoweredMachine,
  seed: Seed | undefined,
  console: Console,
): GuestNetwork {
  const path = join(root, "etc/netplan/50-cloud-init.yaml");
  if (seed?.networkConfig !== undefined) keep(root, "etc/netplan/50-cloud-init.yaml", seed.networkConfig);
  try {
    return readNetworkConfig(existsSync(path) ? readFileSync(path, "utf8") : undefined, machine.nics);
  } catch (error) {
    console.fail(error instanceof Error ? error.message : String(error));
    return unconfigured(machine.nics);
  }
}
