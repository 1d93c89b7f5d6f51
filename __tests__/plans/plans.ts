import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { readPlan } from "../../review/plan";
import type { Plan } from "../../review/plan";

/** folder of stored plans: <kind>.json, or <kind>.<stack>.json where a change reaches several stacks. */
export const folder = __dirname;

const order = ["identity", "machines", "platform", "network", "edge"];

/** kinds of change, each with its files in the order in which the stacks are deployed. */
export const kinds: ReadonlyMap<string, readonly string[]> = kindsIn(
  readdirSync(folder).filter((file) => file.endsWith(".json")),
);

export function plansOf(kind: string): Plan[] {
  return (kinds.get(kind) ?? []).map((file) => {
    const plan = readPlan(basename(file, ".json"), readFileSync(join(folder, file), "utf8"));
    if (plan === undefined) throw new Error(`${file} is no plan`);
    return plan;
  });
}

function kindsIn(files: readonly string[]): Map<string, string[]> {
  const found = new Map<string, string[]>();
  const placed = [...files].sort((a, b) => order.indexOf(stackOf(a)) - order.indexOf(stackOf(b)));
  for (const file of placed) {
    const [kind = ""] = file.split(".");
    found.set(kind, [...(found.get(kind) ?? []), file]);
  }
  return found;
}

function stackOf(file: string): string {
  return file.split(".").at(-2) ?? "";
}
