import { rmSync } from "node:fs";
import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expectNoComplaints } from "./expect";
import type { Progress } from "./progress";
import type { Failure, Report, StepResult } from "./report";
import { gatherParts, setStage, type Stage } from "./stage";
import type { Step } from "./step";
import { StepFailed } from "./step-failed";
import { stepsOf } from "./steps";
import type { Subject } from "./subject";

/**
 * rehearse walks an operator's whole way with a cluster file, and leaves nothing running and nothing on disk, also
 * when it is interrupted.
 */
export async function rehearse(subject: Subject, progress: Progress): Promise<Report> {
  const scratch = await mkdtemp(join(tmpdir(), "slipway-"));
  const sweep = (): void => rmSync(scratch, { recursive: true, force: true });
  process.once("exit", sweep);
  let stage: Stage | undefined;
  const interruption = new AbortController();
  const listenNoMore = onInterrupt(async () => {
    interruption.abort();
    await stage?.lab.close();
  });
  try {
    stage = await progress("engine, providers and lab", (say) =>
      setStage(subject, scratch, say, interruption.signal),
    );
    const walked = await walk(stage, progress);
    const { engine, parts } = stage;
    return { ok: walked.failure === undefined, engine: `${engine.name} ${engine.version}`, parts, ...walked };
  } finally {
    listenNoMore();
    await stage?.lab.close();
    sweep();
    process.removeListener("exit", sweep);
  }
}

/** onInterrupt ends and closes what there is, and then the program, as the signal asked. */
export function onInterrupt(close: () => Promise<void>): () => void {
  const end = (_signal: NodeJS.Signals, number: number): void => {
    void close().finally(() => process.exit(128 + number));
  };
  process.once("SIGINT", end).once("SIGTERM", end);
  return () => process.removeListener("SIGINT", end).removeListener("SIGTERM", end);
}

/** gather finds or builds the engine and the providers and keeps them, so that the rehearsal itself needs no network. */
export async function gather(subject: Subject, progress: Progress): Promise<void> {
  const scratch = await mkdtemp(join(tmpdir(), "slipway-"));
  try {
    await progress("engine and providers", (say) => gatherParts(subject, scratch, say));
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

/** walk takes the steps until one does not hold. */
async function walk(stage: Stage, progress: Progress): Promise<{ steps: StepResult[]; failure?: Failure }> {
  const taken: StepResult[] = [];
  for (const step of stepsOf(stage.subject)) {
    const begun = performance.now();
    const result = await progress(step.name, (say) => take(step, stage, say)).catch((error: unknown) => {
      if (error instanceof StepFailed) return error;
      throw error;
    });
    const seconds = Math.round((performance.now() - begun) / 100) / 10;
    if (result instanceof StepFailed) {
      taken.push({ name: step.name, ok: false, seconds, add: 0, change: 0, destroy: 0 });
      return { steps: taken, failure: failureOf(step, result, stage) };
    }
    taken.push({ name: step.name, ok: true, seconds, ...result });
  }
  return { steps: taken };
}

async function take(step: Step, stage: Stage, say: (line: string) => void) {
  const outcome = await step.run(stage, say);
  expectNoComplaints(stage.lab);
  return outcome;
}

/** failureOf a step, with what the lab has to say: often a machine's console is the better explanation. */
function failureOf(step: Step, failed: StepFailed, { lab }: Stage): Failure {
  const complaints = lab.complaints();
  return {
    step: step.name,
    reason: failed.message,
    words: [failed.words, ...complaints].filter((text) => text !== "").join("\n"),
    consoles: Object.fromEntries(lab.consoles()),
  };
}
