import { createInterface } from "node:readline/promises";
import type { Command } from "commander";
import { clusterOption, type ClusterOption } from "./cluster-option";
import { Mistake } from "./mistake";
import { saidAside } from "./plan";
import { allowOption, type AllowOption } from "./review/allow";
import type { Planned } from "./stacks/planning";

export function addDeploy(program: Command): void {
  program
    .command("deploy")
    .description(
      "plan, show what it means, ask, and apply exactly that; then what can be planned only now. Exit 2: a guard refuses",
    )
    .option("--yes", "take every question as answered with yes, as CI does")
    .addOption(allowOption())
    .addOption(clusterOption())
    .action(async (options: ClusterOption & AllowOption & { yes?: true }) => {
      const { formats, placesOf, refusal, reviewOf } = await import("./review/report");
      const { isRefused } = await import("../review/review");
      const { apply } = await import("./stacks/applying");
      const { engineOnPath } = await import("./stacks/engine");
      const { discardPlans, planned } = await import("./stacks/planning");
      const { synthesized } = await import("./stacks/synthesized");
      const engine = engineOnPath(process.env);
      const stacks = await synthesized(options.cluster);
      const places = await placesOf(options.cluster);
      try {
        // Each batch deploys at least one stack for the first time, or is the last.
        for (let batch = 0; batch <= stacks.length; batch += 1) {
          const results = await planned(engine, stacks, saidAside);
          const reviewed = reviewOf(results, options.allow);
          if (nothingToDo(results)) {
            process.stdout.write(batch === 0 ? "Nothing changes.\n" : "Everything is as the file says.\n");
            return;
          }
          process.stdout.write(formats.text(reviewed, places));
          if (isRefused(reviewed)) {
            process.exitCode = refusal;
            return;
          }
          if (options.yes !== true && !(await agreed())) {
            process.stdout.write("Nothing was changed.\n");
            process.exitCode = 1;
            return;
          }
          for (const one of results) {
            if (one.kind === "planned" && one.plan.isChanging) await apply(engine, one.stack);
          }
        }
        throw new Mistake("The stacks were deployed, and still a plan is not empty. See: ./slipway plan");
      } finally {
        await discardPlans(stacks);
      }
    });
}

function nothingToDo(results: readonly Planned[]): boolean {
  return results.every((one) => one.kind === "planned" && !one.plan.isChanging);
}

async function agreed(): Promise<boolean> {
  if (!process.stdin.isTTY) throw new Mistake("There is nobody to ask. To agree beforehand: --yes");
  const asking = createInterface({ input: process.stdin, output: process.stdout });
  try {
    return (await asking.question("\nDeploy this? Only yes is yes: ")).trim() === "yes";
  } finally {
    asking.close();
  }
}
