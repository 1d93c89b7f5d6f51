import type { InstalledSystem } from "../../machine";
import { layPackages } from "../load-balancer/packages";
import { online } from "../reach";
import type { Computer } from "../system/computer";
import { install } from "../system/package-list";
import type { UserData } from "./user-data";
import { writeFiles } from "./write-files";

/** runFirstBoot does what cloud-init does once per instance, in its order; a module that fails does not stop the next. */
export async function runFirstBoot(
  computer: Computer,
  system: InstalledSystem,
  userData: UserData,
): Promise<void> {
  const { console, root, shell } = computer;
  module(computer, "write_files", () => {
    writeFiles(
      root,
      userData.write_files.filter((file) => !file.defer),
    );
  });
  const packages = userData.packages.flatMap((name) => (typeof name === "string" ? [name] : name[0]));
  module(computer, "package_update_upgrade_install", () => {
    if (packages.length === 0) return;
    const fault = archiveFault(computer, userData.apt?.http_proxy);
    if (fault !== undefined) throw new Error(`${fault}: ${packages.join(" ")} not installed`);
    for (const name of packages) install(root, name);
    if (packages.includes("qemu-guest-agent")) system.guestAgent = true;
    layPackages(root, packages);
  });
  module(computer, "write_files_deferred", () => {
    writeFiles(
      root,
      userData.write_files.filter((file) => file.defer),
    );
  });
  for (const command of userData.runcmd) {
    const { code } = await shell.run(command);
    const shown = typeof command === "string" ? command : command.join(" ");
    if (code !== 0) console.fail(`runcmd: ${shown}: exited with status ${code}`);
  }
  console.say(`cloud-init: finished, status: ${console.errors.length === 0 ? "done" : "error"}`);
}

/** archiveFault: why apt does not reach its archive, if it does not. */
function archiveFault(computer: Computer, proxy: string | undefined): string | undefined {
  if (!online(computer.network)) return "Temporary failure resolving 'archive.ubuntu.com'";
  if (proxy === undefined)
    return computer.reachesOutside
      ? undefined
      : "Could not connect to archive.ubuntu.com:80, connection timed out";
  const { hostname, port, host } = new URL(proxy);
  return computer.reach(hostname, Number(port || 80)) === undefined
    ? `Could not connect to ${host}, connection timed out`
    : undefined;
}

function module(computer: Computer, name: string, run: () => void): void {
  try {
    run();
  } catch (error) {
    computer.console.fail(`${name}: ${error instanceof Error ? error.message : String(error)}`);
  }
}
