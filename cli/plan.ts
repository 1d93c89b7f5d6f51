import type { Command } from "commander";
import { clusterOption, type ClusterOption } from "./cluster-option";
import { jsonOption } from "./json-option";
import { manual } from "./manual";
import { paint } from "./paint";
import { formatOption, type ReportOptions } from "./review";
import { allowOption, type AllowOption } from "./review/allow";
import { engineAndCredentials, jsonOfReview, reviewStatuses } from "./review/manual";

export function addPlan(program: Command): void {
  const command = program
    .command("plan")
    .description("synthesize, plan every stack that can be planned, and say what it means")
    .addOption(formatOption())
    .addOption(jsonOption().conflicts("format"))
    .addOption(allowOption())
    .addOption(clusterOption())
    .action(async (options: ClusterOption & AllowOption & ReportOptions) => {
      const { formats, placesOf, refusal, reviewOf } = await import("./review/report");
      const { isRefused } = await import("../review/review");
      const { engineOnPath } = await import("./stacks/engine");
      const { leftBehind } = await import("./stacks/left-behind");
      const { discardPlans, planned } = await import("./stacks/planning");
      const { synthesized } = await import("./stacks/synthesized");
      const engine = engineOnPath(process.env);
      const stacks = await synthesized(options.cluster);
      const results = await planned(engine, stacks, saidAside).finally(() => discardPlans(stacks));
      const reviewed = reviewOf(results, await leftBehind(engine, stacks), options.allow);
      process.stdout.write(
        formats[options.json ? "json" : options.format](reviewed, await placesOf(options.cluster)),
      );
      if (isRefused(reviewed)) process.exitCode = refusal;
    });
  manual(command, {
    group: "change",
    needs: `${engineAndCredentials} Nothing is changed.`,
    statuses: reviewStatuses,
    examples: [
      { line: "./slipway plan", says: "what a deploy would do to machines, data and reachability" },
      { line: "./slipway plan --format markdown > report.md", says: "the same for a pull request" },
      { line: "./slipway plan --json | jq -r .headline.verdict", says: "the verdict alone" },
    ],
    json: jsonOfReview,
  });
}

/** saidAside: progress goes where it is not part of the report. */
export function saidAside(stack: string): void {
  process.stderr.write(paint.quiet(process.stderr, `planning ${stack}`) + "\n");
}
