import type { InstalledSystem } from "../../machine";
import { layPackages } from "../load-balancer/packages";
import { online } from "../reach";
import type { Computer } from "../system/computer";
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
    if (!online(computer.network))
      throw new Error(
        `Temporary failure resolving 'archive.ubuntu.com': ${packages.join(" ")} not installed`,
      );
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

function module(computer: Computer, name: string, run: () => void): void {
  try {
    run();
  } catch (error) {
    computer.console.fail(`${name}: ${error instanceof Error ? error.message : String(error)}`);
  }
}
