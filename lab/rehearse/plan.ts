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

/** countsIn adds up the closing line of every apply and destroy in what cdktf printed. */
export function countsIn(output: string): Counts {
  const found = (pattern: RegExp): number =>
    [...output.matchAll(pattern)].reduce((sum, match) => sum + Number(match[1]), 0);
  return {
    add: found(/Apply complete! Resources: (\d+) added/g),
    change: found(/Apply complete! Resources:.* (\d+) changed/g),
    destroy: found(/(?:Apply complete! Resources:.* |Destroy complete! Resources: )(\d+) destroyed/g),
  };
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
