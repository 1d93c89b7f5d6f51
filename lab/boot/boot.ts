import { rmSync } from "node:fs";
import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Progress } from "../rehearse/progress";
import { imageWith, isMade } from "./image/image";
import { partsOf } from "./parts";
import { phasesOf } from "./phases";
import type { BootReport, PhaseResult } from "./report";
import { Room } from "./room";
import { type BootSubject, imagesOf } from "./subject";

/**
 * boot starts every machine of the subject on the bytes of its drive, in a private network, and judges what became of
 * them. It leaves nothing running and nothing on disk, also when it is interrupted.
 */
export async function boot(subject: BootSubject, progress: Progress): Promise<BootReport> {
  const scratch = await mkdtemp(join(tmpdir(), "slipway-boot-"));
  const sweep = (): void => rmSync(scratch, { recursive: true, force: true });
  process.once("exit", sweep);
  const listenNoMore = exitWhenInterrupted();
  const room = new Room(subject, scratch);
  try {
    const phases: PhaseResult[] = [];
    const failure = await walk(room, progress, phases).catch((error: unknown) => wordsOf(error));
    const ok = failure === undefined && room.checks.every((check) => check.ok);
    return {
      ok,
      parts: partsOf([...room.facts().values()]),
      phases,
      checks: room.checks,
      ...(failure === undefined ? {} : { failure }),
      consoles: ok ? {} : room.consoles(),
    };
  } finally {
    await room.close();
    sweep();
    process.removeListener("exit", sweep);
    listenNoMore();
  }
}

/** gather makes the machines' disks, so that the test itself needs no network. */
export async function gather(subject: BootSubject, progress: Progress): Promise<void> {
  const listenNoMore = exitWhenInterrupted();
  try {
    for (const packages of imagesOf(subject)) {
      if (!isMade(packages)) await progress("disk", (say) => imageWith(packages, say));
    }
  } finally {
    listenNoMore();
  }
}

/** exitWhenInterrupted: an exit, unlike a signal, lets everything that was started be ended. */
function exitWhenInterrupted(): () => void {
  const exit = (_signal: NodeJS.Signals, number: number): void => process.exit(128 + number);
  process.once("SIGINT", exit).once("SIGTERM", exit);
  return () => void process.removeListener("SIGINT", exit).removeListener("SIGTERM", exit);
}

async function walk(room: Room, progress: Progress, taken: PhaseResult[]): Promise<undefined> {
  for (const { name, run } of phasesOf(room.subject)) {
    const begun = performance.now();
    try {
      await progress(name, async (say) => {
        await run(room, say);
        return "done";
      });
    } finally {
      taken.push({ name, seconds: Math.round((performance.now() - begun) / 100) / 10 });
    }
  }
}

function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
