import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { table } from "../cli/table";
import { clusterOf } from "./cluster-of";

const project = join(__dirname, "..");

/** printFigures measures what design promises, each in a process of its own: cold is what an operator feels. */
function printFigures(): void {
  const validate = median(5, () => timed("./slipway", ["validate"], {}).seconds);
  const start = synth(4);
  const hundred = synth(100);
  const fourHundred = synth(400);
  const growth = (fourHundred.seconds - start.seconds) / (hundred.seconds - start.seconds);
  process.stdout.write(
    table([
      ["MEASURE", "FOUND", "TO HOLD"],
      ["slipway validate, cold", seconds(validate), "under 0.60 s"],
      ["synth of 100 nodes and 300 routes, cold", seconds(hundred.seconds), "under 1.50 s"],
      ["synth of 100 nodes and 300 routes, memory", `${hundred.mebibytes} MiB`, "under 400 MiB"],
      ["synth of four times that, beyond a fixed start", `${growth.toFixed(1)} times`, "at most 4.5 times"],
      ["rehearsal, last one", rehearsal(), "under 60 s for 1 + 3 nodes, warm"],
    ]),
  );
}

function synth(nodes: number): { seconds: number; mebibytes: number } {
  const environment = {
    SLIPWAY_CLUSTER: clusterOf(nodes),
    CDKTF_OUTDIR: join(project, "build", "bench", `out-${nodes}`),
  };
  let mebibytes = 0;
  const taken = median(3, () => {
    const run = timed(
      process.execPath,
      ["--require", "./from-source.js", join(__dirname, "synth-once.ts")],
      environment,
    );
    mebibytes = Math.max(mebibytes, Math.round(Number(/maxRSS (\d+)/.exec(run.stdout)?.[1]) / 1024));
    return run.seconds;
  });
  return { seconds: taken, mebibytes };
}

function rehearsal(): string {
  const file = join(project, "build", "rehearsal.json");
  if (!existsSync(file)) return "none yet: make rehearse";
  const { ok, steps } = reportSchema.parse(JSON.parse(readFileSync(file, "utf8")));
  return ok ? seconds(steps.reduce((sum, step) => sum + step.seconds, 0)) : "the last one failed";
}

const reportSchema = z.object({ ok: z.boolean(), steps: z.array(z.object({ seconds: z.number() })) });

function timed(file: string, args: readonly string[], environment: Record<string, string>) {
  const begun = performance.now();
  const done = spawnSync(file, args, {
    cwd: project,
    encoding: "utf8",
    env: { ...process.env, ...environment },
  });
  const taken = (performance.now() - begun) / 1000;
  if (done.status !== 0) throw new Error(`${file} ${args.join(" ")}:\n${done.stdout}${done.stderr}`);
  return { seconds: taken, stdout: done.stdout };
}

function median(times: number, measure: () => number): number {
  const found = Array.from({ length: times }, measure).sort((a, b) => a - b);
  return found[Math.floor(times / 2)] ?? Number.NaN;
}

function seconds(value: number): string {
  return `${value.toFixed(2)} s`;
}

printFigures();
