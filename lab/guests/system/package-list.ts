import { existsSync } from "node:fs";
import { join } from "node:path";
import { keep } from "../disks";

/** install notes a package where dpkg would; what it brings is the lab's to play. */
export function install(root: string, name: string): void {
  keep(root, listOf(name), "");
}

export function isInstalled(root: string, name: string): boolean {
  return existsSync(join(root, listOf(name)));
}

function listOf(name: string): string {
  return `var/lib/dpkg/info/${name}.list`;
}
