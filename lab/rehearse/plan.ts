import { z } from "zod";

/** Counts, resources added, changed and destroyed. */
export interface Counts {
  readonly add: number;
  readonly change: number;
  readonly destroy: number;
}

/** Change is one resource that a plan touches; a replacement has both "delete" and "create". */
export interface Change {
  readonly stack: string;
  readonly address: string;
  readonly type: string;
  readonly actions: readonly string[];
}

/** changesOf reads `show -json` of a saved plan. */
export function changesOf(stack: string, planJson: string): Change[] {
  const plan = planSchema.parse(JSON.parse(planJson));
  return plan.resource_changes
    .filter(({ mode, change }) => mode === "managed" && change.actions.join() !== "no-op")
    .map(({ address, type, change }) => ({ stack, address, type, actions: change.actions }));
}

export function describeChange({ stack, address, actions }: Change): string {
  return `${stack}: ${address} (${actions.join(" and ")})`;
}

/** belongsTo: the resource is a node's machine, or one of the resources that carry its name in front. */
export function belongsTo(node: string, address: string): boolean {
  const resource = address.split(".").at(-1) ?? "";
  return resource === node || resource.startsWith(`${node}_`);
}

/** countsOf what a plan does; a replacement counts as one added and one destroyed, as the engine counts it. */
export function countsOf(changes: readonly Change[]): Counts {
  const having = (action: string): number => changes.filter(({ actions }) => actions.includes(action)).length;
  return { add: having("create"), change: having("update"), destroy: having("delete") };
}

const planSchema = z.object({
  resource_changes: z
    .array(
      z.object({
        address: z.string(),
        mode: z.string(),
        type: z.string(),
        change: z.object({ actions: z.array(z.string()) }),
      }),
    )
    .default([]),
});
