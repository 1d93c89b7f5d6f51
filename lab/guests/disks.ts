import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { DiskContent, InstalledSystem, PoweredMachine } from "../machine";

export type Boot =
  | { readonly kind: "system"; readonly drive: string }
  | { readonly kind: "installer"; readonly volume: string }
  | { readonly kind: "nothing" };

/** chooseBoot tries the drives as the firmware does: an empty disk falls through to the next. */
export function chooseBoot(machine: Pick<PoweredMachine, "bootOrder" | "disks" | "isos">): Boot {
  for (const drive of machine.bootOrder) {
    const disk = machine.disks.get(drive);
    if (disk !== undefined && disk.kind !== "empty") return { kind: "system", drive };
    const volume = machine.isos.get(drive);
    if (volume !== undefined && /\.iso$/i.test(volume)) return { kind: "installer", volume };
  }
  return { kind: "nothing" };
}

/** Disks keeps each installed system's files in a folder of its own under scratch. */
export class Disks {
  constructor(private readonly scratch: string) {
    mkdirSync(scratch, { recursive: true });
  }

  /** rootOf gives a system's folder, made when the disk is first written. */
  rootOf(system: InstalledSystem): string {
    system.root ??= mkdtempSync(join(this.scratch, "disk-"));
    return system.root;
  }

  copy(content: DiskContent): DiskContent {
    if (content.kind !== "system") return content;
    const { root, ...system } = content.system;
    const copied: InstalledSystem = { ...system, installerLeftovers: [...system.installerLeftovers] };
    if (root !== undefined && existsSync(root)) {
      cpSync(root, this.rootOf(copied), {
        recursive: true,
        preserveTimestamps: true,
        verbatimSymlinks: true,
      });
    }
    return { kind: "system", system: copied };
  }

  discard(content: DiskContent): void {
    if (content.kind !== "system" || content.system.root === undefined) return;
    rmSync(content.system.root, { recursive: true, force: true });
    delete content.system.root;
  }
}

/** keep writes a file of a disk, its folders made. */
export function keep(root: string, path: string, content: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), content);
}
