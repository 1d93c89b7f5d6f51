import { rm } from "node:fs/promises";
import { join } from "node:path";
import { engineError } from "../../lab/engine/engine-error";
import type { Stack } from "../../lab/engine/synthesis";
import { readPlan } from "../../review/plan";
import type { Plan } from "../../review/plan";
import { Mistake } from "../mistake";
import { command } from "./command";
import type { Done } from "./command";

/** Planned is one stack's plan, or why there cannot be one yet. */
export type Planned =
  | { readonly kind: "planned"; readonly stack: Stack; readonly plan: Plan }
  /** waiting for a stack that has to be deployed first. */
  | { readonly kind: "waiting"; readonly stack: Stack; readonly for: string };

/** planFile in a stack's folder; it holds secrets and is gone when it was applied or looked at. */
export const planFile = "slipway.tfplan";

/** planned: every stack, in order, that can be planned now. */
export async function planned(
  engine: string,
  stacks: readonly Stack[],
  say: (line: string) => void,
): Promise<Planned[]> {
  const results: Planned[] = [];
  const deployed = new Set<string>();
  for (const stack of stacks) {
    say(stack.name);
    const init = await run(engine, stack, ["init", "-input=false", "-no-color"]);
    if (init.code !== 0) throw failed(stack, "cannot be prepared", init);
    if (await hasState(engine, stack)) deployed.add(stack.name);
    const missing = stack.needs.find((need) => !deployed.has(need));
    if (missing !== undefined && deployed.has(stack.name)) throw lost(missing, stack);
    results.push(
      missing === undefined ? await planOf(engine, stack, results) : { kind: "waiting", stack, for: missing },
    );
  }
  return results;
}

export async function discardPlans(stacks: readonly Stack[]): Promise<void> {
  await Promise.all(stacks.map(({ folder }) => rm(join(folder, planFile), { force: true })));
}

async function planOf(engine: string, stack: Stack, before: readonly Planned[]): Promise<Planned> {
  const args = ["plan", "-input=false", "-no-color", "-detailed-exitcode", `-out=${planFile}`];
  const done = await run(engine, stack, args);
  if (done.code !== 0 && done.code !== 2) {
    const unsettled = before.find((one) => stack.needs.includes(one.stack.name) && isUnsettled(one));
    if (unsettled === undefined) throw failed(stack, "cannot be planned", done);
    return { kind: "waiting", stack, for: unsettled.stack.name };
  }
  const shown = await run(engine, stack, ["show", "-json", planFile]);
  const plan = readPlan(stack.name, shown.stdout);
  if (plan === undefined)
    throw new Error(`the engine's plan of ${stack.name} is not what it was: ${shown.output.slice(0, 200)}`);
  return { kind: "planned", stack, plan };
}

/** isUnsettled: what comes after it may fail to be planned because of what it is still to do. */
function isUnsettled(one: Planned): boolean {
  return one.kind === "waiting" || one.plan.changes.length > 0;
}

async function hasState(engine: string, stack: Stack): Promise<boolean> {
  const listed = await run(engine, stack, ["state", "list"]);
  return listed.code === 0 && listed.stdout.trim() !== "";
}

function run(engine: string, stack: Stack, args: readonly string[]): Promise<Done> {
  return command(engine, args, { cwd: stack.folder, environment: process.env });
}

/** lost: a deploy would make the missing stack a second time, and what stands on the first one would not know it. */
function lost(missing: string, { name }: Stack): Mistake {
  return new Mistake(
    [
      `${missing} has no state, and ${name}, which stands on it, has one.`,
      `A deploy would make all of ${missing} a second time: other keys than the machines have, beside what is there.`,
      `Bring its state back: from a copy of terraform.${missing}.tfstate, or from the store that "state" in the cluster file names. See docs/how-to/move-state.md`,
    ].join("\n"),
  );
}

function failed(stack: Stack, how: string, { output }: Done): Mistake {
  return new Mistake(`${stack.name} ${how}:\n\n${engineError(output)}`);
}
