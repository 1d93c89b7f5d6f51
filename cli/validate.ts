import type { Command } from "commander";
import type { Cluster } from "../config/model";
import type { Problem } from "../config/problem";
import { insideOnly } from "../config/split-horizon";
import { clusterOption, type ClusterOption } from "./cluster-option";
import { asJson, jsonOption, type JsonOption } from "./json-option";
import { fileOnly, type KeysOf, manual } from "./manual";
import { paint } from "./paint";

export function addValidate(program: Command): void {
  const command = program
    .command("validate")
    .description("check the cluster file against every rule, and say how to mend it")
    .addOption(clusterOption())
    .addOption(jsonOption())
    .action(async (options: ClusterOption & JsonOption) => {
      const checked = await check(options.cluster);
      if (!checked.ok) process.exitCode = 1;
      process.stdout.write(options.json ? asJson(checked) : await printed(checked));
    });
  manual(command, {
    group: "write",
    needs: fileOnly,
    statuses: { 0: "no problem, though there may be warnings", 1: "problems, or no such file" },
    examples: [
      { line: "./slipway validate", says: "every problem of cluster.ts at once" },
      { line: "./slipway validate --cluster examples/ha.ts", says: "of another file" },
      { line: "./slipway validate --json | jq -r '.problems[].code'", says: "the codes alone" },
    ],
    json: { form: "an object", keys },
  });
}

const keys: KeysOf<Checked> = {
  ok: "false where there is a problem that is more than a warning",
  file: "the cluster file",
  problems: "an array: severity, code, places, found, why, fix",
  notes: "an array of sentences: routes that nobody reaches from outside",
};

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
