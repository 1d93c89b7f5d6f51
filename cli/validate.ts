import type { Command } from "commander";
import type { Cluster } from "../config/model";
import type { Problem } from "../config/problem";
import { insideOnly } from "../config/split-horizon";
import { clusterOption, type ClusterOption } from "./cluster-option";
import { paint } from "./paint";

export function addValidate(program: Command): void {
  program
    .command("validate")
    .description("check the cluster file against every rule; nothing is written and nothing is contacted")
    .addOption(clusterOption())
    .option("--json", 'print {"ok", "file", "problems", "notes"}; warnings are problems that leave ok true')
    .action(async (options: ClusterOption & { json?: true }) => {
      const checked = await check(options.cluster);
      if (!checked.ok) process.exitCode = 1;
      process.stdout.write(options.json ? `${JSON.stringify(checked, null, 2)}\n` : await printed(checked));
    });
}

interface Checked {
  readonly ok: boolean;
  readonly file: string;
  readonly problems: readonly Problem[];
  /** notes that are no problem: routes that nobody reaches from outside. */
  readonly notes: readonly string[];
}

async function check(name: string | undefined): Promise<Checked> {
  const { loadClusterFile } = await import("../load-cluster");
  const { ClusterProblems } = await import("../config/problem");
  const { resolve } = await import("../config/resolve");
  try {
    const { file, clusters } = loadClusterFile(name);
    const { model, warnings } = resolve(clusters, file);
    return { ok: true, file, problems: warnings, notes: model.clusters.flatMap(notesOn) };
  } catch (error) {
    if (!(error instanceof ClusterProblems)) throw error;
    return { ok: false, file: error.file, problems: error.problems, notes: [] };
  }
}

function notesOn(cluster: Cluster): string[] {
  const hosts = insideOnly(cluster);
  return hosts.length === 0
    ? []
    : [`${cluster.name}: reachable inside only, without edge: ${hosts.join(", ")}`];
}

async function printed({ file, problems, notes }: Checked): Promise<string> {
  const { renderProblems } = await import("../config/problem");
  const result =
    problems.length > 0
      ? paint.problems(process.stdout, renderProblems(file, problems))
      : `${file}: ${paint.good(process.stdout, "no problem")}\n`;
  return [result, ...notes.map((note) => `${paint.quiet(process.stdout, note)}\n`)].join("");
}
