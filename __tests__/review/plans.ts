import type { Json } from "../../review/json";
import type { Action, Plan } from "../../review/plan";
import { readPlan } from "../../review/plan";

interface Sides {
  readonly before?: Json;
  readonly after?: Json;
}

/** changing one resource, as `show -json` has it; what it does follows from its sides where it is not said. */
export function changing(type: string, name: string, { before, after }: Sides, action?: Action): Json {
  const actions = action === "replace" ? ["delete", "create"] : [actionOf({ before, after })];
  const change = { actions, before: before ?? null, after: after ?? null };
  return { address: `${type}.${name}`, mode: "managed", type, name, change };
}

/** planOf a stack that does nothing else. */
export function planOf(changes: readonly Json[]): Plan {
  const plan = readPlan("home", JSON.stringify({ format_version: "1.2", resource_changes: changes }));
  if (plan === undefined) throw new Error("that is no plan");
  return plan;
}

function actionOf({ before, after }: { [side in keyof Sides]: Json | undefined }): string {
  if (before === undefined) return "create";
  return after === undefined ? "delete" : "update";
}
