import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** files that Ubuntu's installer leaves for its own machine's first boot (canonical/subiquity: subiquity/models). */
const files = [
  "/etc/cloud/cloud.cfg.d/99-installer.cfg",
  "/etc/cloud/cloud.cfg.d/90-installer-network.cfg",
  "/etc/cloud/cloud.cfg.d/subiquity-disable-cloudinit-networking.cfg",
  "/etc/cloud/ds-identify.cfg",
  "/etc/netplan/00-installer-config.yaml",
] as const;

/** fixing: with one of these a clone's cloud-init does not look for a seed at all. */
const fixing: readonly string[] = ["/etc/cloud/cloud.cfg.d/99-installer.cfg"];

/** leave writes what the installer leaves into a freshly installed system. */
export function leave(root: string): void {
  for (const file of [...files, "/etc/machine-id"]) {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(
      join(root, file),
      file === "/etc/machine-id" ? "1".repeat(32) : "# left by the installer\n",
    );
  }
}

/** remaining are the leftovers that the installation did not remove; the machine-id is checked where machines boot. */
export function remaining(root: string): string[] {
  return files.filter((file) => existsSync(join(root, file)));
}

/** ignoresSeed: a clone with these leftovers never reads its own cloud-init drive. */
export function ignoresSeed(leftovers: readonly string[]): boolean {
  return leftovers.some((file) => fixing.includes(file));
}
