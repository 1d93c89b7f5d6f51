import { rmSync } from "node:fs";
import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Part } from "../../engine/part";
import type { Progress } from "../progress";
import { onInterrupt } from "../rehearse";
import { setStage, type Stage } from "../stage";
import type { Fault } from "./fault";
import { Field } from "./field";
import { faults } from "./list";
import { failed, type FaultResult, strike } from "./strike";
import type { FaultsSubject } from "./subject";

/** FaultsReport, as build/faults.json keeps it. */
export interface FaultsReport {
  /** ok: every fault was told clearly, lost nothing and was mended by a plain deploy. */
  readonly ok: boolean;
  readonly engine: string;
  readonly parts: readonly Part[];
  readonly faults: readonly FaultResult[];
}

/** rehearseFaults strikes a small cluster with one fault after another; a fault that does not hold gets a new cluster for the next. */
export async function rehearseFaults(
  subject: FaultsSubject,
  progress: Progress,
  chosen: readonly Fault[] = faults,
): Promise<FaultsReport> {
  const scratch = await mkdtemp(join(tmpdir(), "slipway-faults-"));
  const sweep = (): void => rmSync(scratch, { recursive: true, force: true });
  process.once("exit", sweep);
  const interruption = new AbortController();
  const standing: { stage?: Stage } = {};
  const listenNoMore = onInterrupt(async () => {
    interruption.abort();
    await standing.stage?.lab.close();
  });
  const results: FaultResult[] = [];
  const stages: Stage[] = [];
  try {
    let field: Field | undefined;
    for (const fault of chosen) {
      field ??= await progress("engine, providers, lab and a small cluster", async (say) => {
        await standing.stage?.lab.close();
        const folder = await mkdtemp(join(scratch, "cluster-"));
        const stage = await setStage(subject.subject, folder, say, interruption.signal);
        standing.stage = stage;
        stages.push(stage);
        return Field.prepare(stage, folder, subject);
      });
      const struck: Field = field;
      const result = await progress(fault.name, () =>
        strike(fault, struck, subject.foreign).catch((error: unknown) => failed(fault, error)),
      );
      results.push(result);
      if (!result.ok) field = undefined;
    }
  } finally {
    listenNoMore();
    await standing.stage?.lab.close();
    sweep();
    process.removeListener("exit", sweep);
  }
  const [first] = stages;
  return {
    ok: results.every(({ ok }) => ok),
    engine: first === undefined ? "" : `${first.engine.name} ${first.engine.version}`,
    parts: first?.parts ?? [],
    faults: results,
  };
}
