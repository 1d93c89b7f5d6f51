import { readFile } from "node:fs/promises";
import { basename, extname } from "node:path";
import { type Command, Option } from "commander";
import { clusterOption, type ClusterOption } from "./cluster-option";
import { Mistake } from "./mistake";
import { allowOption, type AllowOption } from "./review/allow";
import type { Format } from "./review/report";

export function addReview(program: Command): void {
  program
    .command("review")
    .description("say what stored plans mean; no host and no state is contacted. Exit 2: a guard refuses")
    .requiredOption("--plan <files...>", "what `terraform show -json <plan>` printed, a file for each stack")
    .addOption(formatOption())
    .addOption(allowOption())
    .addOption(clusterOption())
    .action(async (options: ClusterOption & AllowOption & { plan: string[]; format: Format }) => {
      const { formats, placesOf, refusal } = await import("./review/report");
      const { isRefused, review } = await import("../review/review");
      const plans = await Promise.all(options.plan.map(readPlanFile));
      const reviewed = review(plans, options.allow);
      process.stdout.write(formats[options.format](reviewed, await placesOf(options.cluster)));
      if (isRefused(reviewed)) process.exitCode = refusal;
    });
}

/** formatOption of a report. */
export function formatOption(): Option {
  return new Option("--format <format>", "of the report")
    .choices(["text", "markdown", "json"])
    .default("text");
}

async function readPlanFile(file: string) {
  const { readPlan } = await import("../review/plan");
  const text = await readFile(file, "utf8").catch((error: unknown) => {
    throw new Mistake(`${file} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  });
  const plan = readPlan(basename(file, extname(file)), text);
  if (plan !== undefined) return plan;
  throw new Mistake(`${file} is no plan as JSON. Make it by: terraform show -json <plan> > ${file}`);
}
