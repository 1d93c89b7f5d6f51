import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { cached, cachedAlready, shortHash } from "../../engine/cache";
import { operatorEnvironment } from "../../engine/environment";
import { LabProblem } from "../../engine/lab-problem";
import { run } from "../../engine/run";

/** Image is a machine before its first boot: its disk, and the kernel that QEMU starts. */
export interface Image {
  readonly disk: string;
  readonly kernel: string;
  readonly initrd: string;
}

/** imageWith these packages installed, made from Debian's once and then reused. */
export async function imageWith(packages: readonly string[], say: (line: string) => void): Promise<Image> {
  const folder = await cached(entry(packages), async (making) => {
    say("making a disk from Debian's packages, once; this takes some minutes");
    // What is mounted while packages are installed is mounted for these programs alone, and is gone with them.
    const args = ["--mount", "bash", script, making, ...sorted(packages)];
    const environment = { ...operatorEnvironment(), LC_ALL: "C" };
    const work = run({ file: "unshare", args, cwd: making, environment, seconds: 3600, onLine: say });
    const sweep = (): void => rmSync(making, { recursive: true, force: true });
    process.once("exit", sweep);
    const made = await work;
    process.removeListener("exit", sweep);
    if (made.code !== 0)
      throw new LabProblem(`The disk of the boot test could not be made:\n${made.output.trim()}`);
  });
  return { disk: join(folder, "disk"), kernel: join(folder, "vmlinuz"), initrd: join(folder, "initrd") };
}

/** isMade: nothing has to be fetched for that image. */
export function isMade(packages: readonly string[]): boolean {
  return cachedAlready(entry(packages)) !== undefined;
}

const script = join(__dirname, "make-image.sh");

function entry(packages: readonly string[]): string {
  return `boot-image-${shortHash([readFileSync(script, "utf8"), ...sorted(packages)].join("\n"))}`;
}

function sorted(packages: readonly string[]): string[] {
  return [...new Set(packages)].sort();
}
