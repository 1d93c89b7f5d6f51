import type { Finished } from "../../engine/run";
import { engineError } from "../../engine/engine-error";
import { StepFailed } from "../step-failed";
import type { Shape } from "./subject";
import type { Fault, Phase } from "./fault";
import type { Field } from "./field";
import { readyNodesOf, strays, sightOf, touched } from "./sight";
import { refusalOf } from "./refusal";
import { unwrapped } from "./unwrapped";

/** FaultResult is one line of the report. */
export interface FaultResult {
  readonly fault: string;
  readonly phase: Phase;
  readonly ok: boolean;
  /** message, the first line of what the failing run said; of a run that outlived the fault, nothing. */
  readonly message: string;
  /** outside, the refusal of the next plan where a machine stood outside the state. */
  readonly outside?: string;
  readonly lost: string;
  /** converged, by the next plain deploy or after the printed command. */
  readonly converged: string;
  readonly seconds: number;
  /** words, where it does not hold. */
  readonly words?: string;
}

/** holds strikes with one fault and tells what came of it. */
export async function strike(fault: Fault, field: Field, foreign: number): Promise<FaultResult> {
  const begun = performance.now();
  const target = await approach(fault, field);
  const before = await sightOf(field);
  await field.take(target, fault.shortened);
  const cure = await fault.inject(field);
  const run = await field.apply();
  await field.take(target);
  field.hand.nothingMore();
  await cure?.();
  await tasksEnded(field);

  const told = complaintAboutRun(fault, run);
  const outside = fault.leaves === undefined ? undefined : await refusalOf(fault.leaves, field);
  const lostBefore = touched(before, await sightOf(field), concerned(fault, field, foreign));
  const again = await field.apply();
  const after = await sightOf(field);
  const lost = [...lostBefore, ...touched(before, after, concerned(fault, field, foreign)), ...strays(field)];
  const planned = again.code === 0 ? await field.plan() : undefined;
  const whole = await readyNodesOf(field);
  const complaints = [
    ...(told === undefined ? [] : [told]),
    ...(outside?.complaint === undefined ? [] : [outside.complaint]),
    ...(again.code === 0 ? [] : [`the next deploy fails:\n${engineError(again.output)}`]),
    ...(planned === undefined || planned.code === 0
      ? []
      : [`the plan after it is not empty:\n${planned.output}`]),
    ...(whole === undefined ? [] : [whole]),
    ...field.lab.complaints(),
  ];
  return {
    fault: fault.name,
    phase: fault.phase,
    ok: complaints.length === 0 && lost.length === 0,
    message: fault.says === undefined ? "" : saying(fault, run),
    ...(outside === undefined ? {} : { outside: outside.message }),
    lost: lost.length === 0 ? "nothing" : [...new Set(lost)].join("; "),
    converged: again.code === 0 && planned?.code === 0 ? convergedBy(fault) : "no",
    seconds: Math.round((performance.now() - begun) / 100) / 10,
    ...(complaints.length === 0 ? {} : { words: complaints.join("\n") }),
  };
}

/** tasksEnded, as they do on a host whether or not the engine that began them lives. */
async function tasksEnded({ state }: Field): Promise<void> {
  while (state.tasks().some(({ status }) => status === "running")) {
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** failed, where the field itself came to an end. */
export function failed(fault: Fault, error: unknown): FaultResult {
  if (!(error instanceof StepFailed)) throw error;
  const { name, phase } = fault;
  const words = `${error.message}\n${error.words}`;
  return { fault: name, phase, ok: false, message: "", lost: "unknown", converged: "no", seconds: 0, words };
}

/** approach brings the cluster to where the fault's phase begins, and tells the shape its run asks for. */
async function approach(fault: Fault, field: Field): Promise<Shape> {
  if (fault.phase === "change" && field.shape !== "smaller")
    return field.shape === "edited" ? "whole" : "edited";
  // A machine deleted by hand would still be in the state of an engine that is killed before it writes one (OpenTofu).
  if (fault.leaves !== undefined && field.shape !== "smaller") {
    await field.take("smaller");
    await field.apply();
  }
  if (fault.phase === "deploy" && field.shape !== "smaller") await field.hand.deleteVm(field.worker.vmId);
  // An engine that is killed may never write the node password of a machine that an import then keeps.
  if (fault.phase === "deploy" || field.shape === "smaller") await field.forgetNode(field.worker);
  if (fault.phase === "deploy") return "whole";
  if (field.shape === "smaller") {
    await field.take("whole");
    await field.apply();
  }
  return fault.phase === "change" ? "edited" : "smaller";
}

function concerned({ touches }: Fault, field: Field, foreign: number): readonly number[] {
  return [...(touches?.(field) ?? [field.worker.vmId]), foreign + 1];
}

function complaintAboutRun({ says }: Fault, run: Finished): string | undefined {
  if (says === undefined) {
    return run.code === 0 ? undefined : `the run was to outlive it, and failed:\n${engineError(run.output)}`;
  }
  if (run.code === 0) return `the run was to fail, and did not:\n${run.output.slice(-3000)}`;
  return says.test(unwrapped(run.output))
    ? undefined
    : `the run does not say ${String(says)}:\n${engineError(run.output)}`;
}

function convergedBy({ leaves }: Fault): string {
  if (leaves === undefined) return "by the next deploy";
  return leaves.then === "import" ? "after the printed import" : "after the printed removal";
}

/** saying of a failing run: the headline of its first error, and the words that the fault is told in. */
function saying({ says }: Fault, { output }: Finished): string {
  const text = unwrapped(output);
  const headline = /Error: (.*?)(?: with \S+,| on cdk\.tf\.json| All attempts fail|$)/.exec(text)?.[1] ?? "";
  const words = says === undefined ? "" : text.slice(Math.max(0, text.search(says))).slice(0, 240);
  return headline === "" || words.startsWith(headline) ? words : `${headline.slice(0, 120)}: ${words}`;
}
