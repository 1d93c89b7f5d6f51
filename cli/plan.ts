import type { Command } from "commander";
import { clusterOption, type ClusterOption } from "./cluster-option";
import { paint } from "./paint";
import { formatOption } from "./review";
import { allowOption, type AllowOption } from "./review/allow";
import type { Format } from "./review/report";

export function addPlan(program: Command): void {
  program
    .command("plan")
    .description(
      "synthesize, plan every stack that can be planned, and say what it means. Exit 2: a guard refuses",
    )
    .addOption(formatOption())
    .addOption(allowOption())
    .addOption(clusterOption())
    .action(async (options: ClusterOption & AllowOption & { format: Format }) => {
      const { formats, placesOf, refusal, reviewOf } = await import("./review/report");
      const { isRefused } = await import("../review/review");
      const { engineOnPath } = await import("./stacks/engine");
      const { discardPlans, planned } = await import("./stacks/planning");
      const { synthesized } = await import("./stacks/synthesized");
      const stacks = await synthesized(options.cluster);
      const results = await planned(engineOnPath(process.env), stacks, saidAside);
      await discardPlans(stacks);
      const reviewed = reviewOf(results, options.allow);
      process.stdout.write(formats[options.format](reviewed, await placesOf(options.cluster)));
      if (isRefused(reviewed)) process.exitCode = refusal;
    });
}

/** saidAside: progress goes where it is not part of the report. */
export function saidAside(stack: string): void {
  process.stderr.write(paint.quiet(process.stderr, `planning ${stack}`) + "\n");
}
