import type { Command } from "commander";
import type { Problem } from "../config/problem";
import { clusterOption, type ClusterOption } from "./cluster-option";
import { paint } from "./paint";

export function addValidate(program: Command): void {
  program
    .command("validate")
    .description("check the cluster file against every rule; nothing is written and nothing is contacted")
    .addOption(clusterOption())
    .option("--json", 'print {"ok", "file", "problems"}; warnings are problems that leave ok true')
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
}

async function check(name: string | undefined): Promise<Checked> {
  const { loadClusterFile } = await import("../load-cluster");
  const { ClusterProblems } = await import("../config/problem");
  const { resolve } = await import("../config/resolve");
  try {
    const { file, clusters } = loadClusterFile(name);
    return { ok: true, file, problems: resolve(clusters, file).warnings };
  } catch (error) {
    if (!(error instanceof ClusterProblems)) throw error;
    return { ok: false, file: error.file, problems: error.problems };
  }
}

async function printed({ file, problems }: Checked): Promise<string> {
  const { renderProblems } = await import("../config/problem");
  if (problems.length > 0) return paint.problems(process.stdout, renderProblems(file, problems));
  return `${file}: ${paint.good(process.stdout, "no problem")}\n`;
}
