import { createInterface } from "node:readline";
import type { Command } from "commander";
import { clusterOption, type ClusterOption } from "./cluster-option";
import { manual } from "./manual";
import { Mistake } from "./mistake";
import { saidAside } from "./plan";
import { allowOption, type AllowOption } from "./review/allow";
import { engineAndCredentials, reviewStatuses } from "./review/manual";
import type { Planned } from "./stacks/planning";

export function addDeploy(program: Command): void {
  const command = program
    .command("deploy")
    .description("plan, show what it means, ask, and apply exactly that; then what can be planned only now")
    .option("--yes", "take every question as answered with yes, as CI does")
    .addOption(allowOption())
    .addOption(clusterOption())
    .action(async (options: ClusterOption & AllowOption & { yes?: true }) => {
      const { formats, placesOf, refusal, reviewOf } = await import("./review/report");
      const { isRefused } = await import("../review/review");
      const { apply } = await import("./stacks/applying");
      const { engineOnPath } = await import("./stacks/engine");
      const { leftBehind } = await import("./stacks/left-behind");
      const { discardPlans, planned } = await import("./stacks/planning");
      const { synthesized } = await import("./stacks/synthesized");
      const engine = engineOnPath(process.env);
      const stacks = await synthesized(options.cluster);
      const places = await placesOf(options.cluster);
      const behind = await leftBehind(engine, stacks);
      try {
        // Each batch deploys at least one stack for the first time, or is the last.
        for (let batch = 0; batch <= stacks.length; batch += 1) {
          const results = await planned(engine, stacks, saidAside);
          const reviewed = reviewOf(results, behind, options.allow);
          if (batch === 0 || !nothingToDo(results)) process.stdout.write(formats.text(reviewed, places));
          if (nothingToDo(results)) {
            process.stdout.write("\nEverything is as the file says.\n");
            return;
          }
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
  manual(command, {
    group: "change",
    needs: engineAndCredentials,
    statuses: {
      0: "everything is as the file says",
      1: "it was not agreed to, or could not be done whole: the reason is on standard error",
      2: reviewStatuses[2],
    },
    examples: [
      { line: "./slipway deploy", says: "one question for each batch; only yes is yes" },
      { line: "./slipway deploy --yes", says: "in CI, where the plan was read before" },
      {
        line: './slipway deploy --allow disks="nothing but a cache is on worker-1"',
        says: "against a guard, with the reason that the report shows",
      },
    ],
  });
}

function nothingToDo(results: readonly Planned[]): boolean {
  return results.every((one) => one.kind === "planned" && !one.plan.isChanging);
}

async function agreed(): Promise<boolean> {
  if (!process.stdin.isTTY) throw new Mistake("There is nobody to ask. To agree beforehand: --yes");
  const asking = createInterface({ input: process.stdin, output: process.stdout });
  try {
    const answer = await new Promise<string>((resolve) => {
      // Ctrl-C and Ctrl-D close the question, and answer it with no.
      asking.once("close", () => resolve("\n"));
      asking.question("\nDeploy this? Only yes is yes: ", resolve);
    });
    if (answer === "\n") process.stdout.write(answer);
    return answer.trim() === "yes";
  } finally {
    asking.close();
  }
}
