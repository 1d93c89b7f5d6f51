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

/**
 * rehearseFaults strikes small clusters, one or two side by side, with one fault after another; after a fault that does
 * not hold the next one gets a new cluster.
 */
export async function rehearseFaults(
  subject: FaultsSubject,
  progress: Progress,
  chosen: readonly Fault[] = faults,
): Promise<FaultsReport> {
  const scratch = await mkdtemp(join(tmpdir(), "slipway-faults-"));
  const sweep = (): void => rmSync(scratch, { recursive: true, force: true });
  process.once("exit", sweep);
  const interruption = new AbortController();
  const standing = new Set<Stage>();
  const close = async (stage: Stage): Promise<void> => {
    standing.delete(stage);
    await stage.lab.close();
  };
  const closeAll = async (): Promise<void> => {
    interruption.abort();
    await Promise.all([...standing].map(close));
  };
  const listenNoMore = onInterrupt(closeAll);
  const results = new Map<Fault, FaultResult>();
  const waiting = [...chosen];
  const origins: Pick<FaultsReport, "engine" | "parts">[] = [];

  const prepared = (): Promise<Field> =>
    progress("engine, providers, lab and a small cluster", async (say) => {
      const folder = await mkdtemp(join(scratch, "cluster-"));
      const stage = await setStage(subject.subject, folder, say, interruption.signal);
      standing.add(stage);
      const { engine, parts } = stage;
      origins.push({ engine: `${engine.name} ${engine.version}`, parts });
      return Field.prepare(stage, folder, subject);
    });
  const strikeWaiting = async (): Promise<void> => {
    let field: Field | undefined;
    for (let fault = waiting.shift(); fault !== undefined; fault = waiting.shift()) {
      const striking = fault;
      const struck: Field = (field ??= await prepared());
      const result = await progress(fault.name, () =>
        strike(striking, struck, subject.foreign).catch((error: unknown) => failed(striking, error)),
      );
      results.set(fault, result);
      if (result.ok) continue;
      await close(struck.stage);
      field = undefined;
    }
  };
  try {
    const fields = Math.min(2, Math.ceil(chosen.length / faultsWorthAField));
    await Promise.all(Array.from({ length: fields }, strikeWaiting));
  } finally {
    listenNoMore();
    await closeAll();
    sweep();
    process.removeListener("exit", sweep);
  }
  const struck = chosen.flatMap((fault) => results.get(fault) ?? []);
  const { engine = "", parts = [] } = origins[0] ?? {};
  return { ok: struck.every(({ ok }) => ok), engine, parts, faults: struck };
}

/** faultsWorthAField, how many it takes until a second cluster saves more time than it costs. */
const faultsWorthAField = 10;
