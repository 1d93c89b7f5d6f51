import { readFile } from "node:fs/promises";
import { basename, extname } from "node:path";
import { type Command, Option } from "commander";
import { clusterOption, type ClusterOption } from "./cluster-option";
import { offering, offersFiles } from "./completion/offer";
import { jsonOption, type JsonOption } from "./json-option";
import { manual } from "./manual";
import { Mistake } from "./mistake";
import { allowOption, type AllowOption } from "./review/allow";
import { jsonOfReview, reviewStatuses } from "./review/manual";
import type { Format } from "./review/report";

export function addReview(program: Command): void {
  const command = program
    .command("review")
    .description("say what stored plans mean, and refuse what would kill the cluster")
    .addOption(planOption())
    .addOption(formatOption())
    .addOption(jsonOption().conflicts("format"))
    .addOption(allowOption())
    .addOption(clusterOption())
    .action(async (options: ClusterOption & AllowOption & ReportOptions & { plan: string[] }) => {
      const { formats, placesOf, refusal } = await import("./review/report");
      const { isRefused, review } = await import("../review/review");
      const plans = await Promise.all(options.plan.map(readPlanFile));
      const reviewed = review(plans, options.allow);
      process.stdout.write(
        formats[options.json ? "json" : options.format](reviewed, await placesOf(options.cluster)),
      );
      if (isRefused(reviewed)) process.exitCode = refusal;
    });
  manual(command, {
    group: "change",
    needs: "the stored plans. No credentials: no host, no state and no engine is asked.",
    statuses: reviewStatuses,
    examples: [
      { line: "./slipway review --plan machines.json network.json", says: "the report, on a terminal" },
      {
        line: "./slipway review --plan machines.json --format markdown > report.md",
        says: "the same for a pull request",
      },
    ],
    json: jsonOfReview,
  });
}

/** ReportOptions, how a report is printed. */
export interface ReportOptions extends JsonOption {
  readonly format: Exclude<Format, "json">;
}

/** formatOption of a report. */
export function formatOption(): Option {
  return new Option("--format <format>", "of the report").choices(["text", "markdown"]).default("text");
}

function planOption(): Option {
  const option = new Option(
    "--plan <files...>",
    "what `terraform show -json <plan>` printed, a file for each stack",
  );
  return offering(option.makeOptionMandatory(), offersFiles("json"));
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
